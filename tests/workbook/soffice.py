"""LibreOffice without a screen: every formula of a workbook computed anew on loading, in a profile
of its own, so that nothing of the user's is touched."""

import pathlib
import subprocess
import tempfile

# LibreOffice computes what it loads only when told to; 0 is "always".
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def convert(workbook, folder, form="xlsx"):
    """The workbook as LibreOffice writes it after computing it, in a folder."""
    workbook, folder = pathlib.Path(workbook), pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        settings = pathlib.Path(profile) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(SETTINGS)
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--norestore", "--convert-to", form, "--outdir", str(folder), str(workbook)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / f"{workbook.stem}.{form}"
