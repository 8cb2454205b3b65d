//! Browser binding.
