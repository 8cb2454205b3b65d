//! The compiled half of the Python package `marketingos`.
//!
//! It hands texts to [`marketingos::wire`] and gives back the JSON that comes out, with the
//! interpreter's lock released meanwhile. What the JSON means to Python is written in Python,
//! in `python/marketingos`; what it says is decided in the core alone.

use pyo3::prelude::*;

/// Opaque handles; see the stub `_marketingos.pyi`.
#[pymodule]
mod _marketingos {
    use std::sync::Arc;

    use marketingos::wire::Table;
    use marketingos::{Error, Source, wire};
    use pyo3::prelude::*;
    use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
    use pyo3::types::PyBytes;

    /// Named texts, borrowed from Python without copying.
    type Texts = Vec<(PyBackedStr, PyBackedBytes)>;

    #[pymodule_export]
    #[allow(non_upper_case_globals, reason = "Python's name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");

    /// The JSON of the standard library of KPIs.
    #[pyfunction]
    fn library() -> String {
        wire::library()
    }

    /// The JSON Schema of a system's text.
    #[pyfunction]
    fn schema() -> &'static str {
        wire::schema()
    }

    /// A text with a value, given as JSON, in place of the one at a path.
    #[pyfunction]
    fn set(py: Python<'_>, text: &str, path: &str, value: &str) -> PyResult<String> {
        py.detach(|| wire::set(text, path, value)).map_err(|error| raised(py, &error))
    }

    /// A text without what stands at a path.
    #[pyfunction]
    fn remove(py: Python<'_>, text: &str, path: &str) -> PyResult<String> {
        py.detach(|| wire::remove(text, path)).map_err(|error| raised(py, &error))
    }

    /// The starting file of a published framework.
    #[pyfunction]
    fn template(py: Python<'_>, framework: &str) -> PyResult<String> {
        wire::template(framework).map_err(|error| raised(py, &error))
    }

    /// The JSON of the names of texts that are still needed.
    #[pyfunction]
    fn needs(py: Python<'_>, sources: Texts) -> String {
        py.detach(|| wire::needs(&sources.iter().map(|(name, text)| Source::new(name, text)).collect::<Vec<_>>()))
    }

    /// A system, and the JSON of its warnings and notes.
    #[pyclass(frozen, module = "marketingos._marketingos")]
    struct System {
        system: Arc<marketingos::System>,
        findings: String,
    }

    #[pymethods]
    impl System {
        /// Reads a system from named texts.
        #[new]
        fn new(py: Python<'_>, sources: Texts) -> PyResult<Self> {
            let read = py.detach(|| {
                let sources: Vec<Source<'_>> = sources.iter().map(|(name, text)| Source::new(name, text)).collect();
                wire::system(&sources)
            });
            let (system, findings) = read.map_err(|error| raised(py, &error))?;
            Ok(Self { system, findings })
        }

        /// The JSON of the warnings and notes.
        fn findings(&self) -> &str {
            &self.findings
        }

        /// The JSON of the whole system.
        fn describe(&self, py: Python<'_>) -> String {
            py.detach(|| wire::describe(&self.system))
        }

        /// Reads the rows of sources, by name: CSV texts, and JSON texts.
        fn facts(&self, py: Python<'_>, csv: Texts, json: Texts) -> PyResult<Facts> {
            let read = py.detach(|| {
                let csv = csv.iter().map(|(source, text)| Table::csv(source, text));
                let json = json.iter().map(|(source, text)| Table::json(source, text));
                wire::facts(&self.system, &csv.chain(json).collect::<Vec<_>>())
            });
            read.map(Facts).map_err(|error| raised(py, &error))
        }

        /// The JSON of the cells of facts as of a date, by dimensions, of a named partition.
        fn cells(&self, py: Python<'_>, facts: &Facts, as_of: &str, by: Vec<PyBackedStr>, name: Option<&str>) -> PyResult<String> {
            let facts = &facts.0;
            let by: Vec<&str> = by.iter().map(|dimension| &**dimension).collect();
            py.detach(|| wire::cells(&self.system, facts, as_of, &by, name)).map_err(|error| raised(py, &error))
        }

        /// Evaluates the system over the JSON of cells.
        fn snapshot_of(&self, py: Python<'_>, cells: &str) -> PyResult<Snapshot> {
            let snapshot = py.detach(|| wire::snapshot_of(&self.system, cells));
            snapshot.map(Snapshot::of).map_err(|error| raised(py, &error))
        }

        /// Evaluates the system over facts as of a date written `YYYY-MM-DD`.
        fn snapshot(&self, py: Python<'_>, facts: &Facts, as_of: &str) -> PyResult<Snapshot> {
            let facts = &facts.0;
            let snapshot = py.detach(|| wire::snapshot(&self.system, facts, as_of));
            snapshot.map(Snapshot::of).map_err(|error| raised(py, &error))
        }
    }

    /// Facts as read.
    #[pyclass(frozen, module = "marketingos._marketingos")]
    struct Facts(Arc<marketingos::Facts>);

    #[pymethods]
    impl Facts {
        /// The JSON of what was read, and what was not.
        fn loaded(&self, py: Python<'_>) -> String {
            py.detach(|| wire::loaded(&self.0))
        }
    }

    /// A system evaluated over facts, and the JSON of the warnings and notes about its journal.
    #[pyclass(frozen, module = "marketingos._marketingos")]
    struct Snapshot {
        snapshot: marketingos::Snapshot,
        journal_findings: String,
    }

    impl Snapshot {
        fn of(snapshot: marketingos::Snapshot) -> Self {
            Self { snapshot, journal_findings: "[]".to_owned() }
        }
    }

    #[pymethods]
    impl Snapshot {
        /// The same with the journal of named texts.
        fn with_journal(&self, py: Python<'_>, sources: Texts) -> PyResult<Self> {
            let read = py.detach(|| {
                let sources: Vec<Source<'_>> = sources.iter().map(|(name, text)| Source::new(name, text)).collect();
                let (journal, journal_findings) = wire::journal(self.snapshot.system(), &sources)?;
                Ok(Self { snapshot: wire::with_journal(&self.snapshot, &journal), journal_findings })
            });
            read.map_err(|error| raised(py, &error))
        }

        /// The JSON of the journal's warnings and notes.
        fn journal_findings(&self) -> &str {
            &self.journal_findings
        }

        /// Answers a request; both are JSON.
        fn ask(&self, py: Python<'_>, request: &str) -> PyResult<String> {
            py.detach(|| wire::ask(&self.snapshot, request)).map_err(|error| raised(py, &error))
        }

        /// The bytes of a workbook.
        fn workbook<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
            let written = py.detach(|| wire::workbook(&self.snapshot));
            written.map(|bytes| PyBytes::new(py, &bytes)).map_err(|error| raised(py, &error))
        }

        /// The JSON of what was changed in a workbook.
        fn read_workbook(&self, py: Python<'_>, workbook: PyBackedBytes) -> PyResult<String> {
            py.detach(|| wire::read_workbook(&self.snapshot, &workbook)).map_err(|error| raised(py, &error))
        }

        /// Why another snapshot shows other figures than this one; request and answer are JSON.
        fn explain_difference(&self, py: Python<'_>, other: &Self, request: &str) -> PyResult<String> {
            let other = &other.snapshot;
            py.detach(|| wire::explain_difference(&self.snapshot, other, request)).map_err(|error| raised(py, &error))
        }
    }

    /// The JSON of cells, merged from several.
    #[pyfunction]
    fn merge_cells(py: Python<'_>, texts: Vec<PyBackedStr>) -> PyResult<String> {
        let texts: Vec<&str> = texts.iter().map(|text| &**text).collect();
        py.detach(|| wire::merge_cells(&texts)).map_err(|error| raised(py, &error))
    }

    /// The exception for an error: Python builds it from the error's JSON.
    fn raised(py: Python<'_>, error: &Error) -> PyErr {
        let json = wire::error(error);
        let built = py.import("marketingos._errors").and_then(|module| module.call_method1("error_of", (json,)));
        built.map_or_else(|failure| failure, PyErr::from_value)
    }
}
