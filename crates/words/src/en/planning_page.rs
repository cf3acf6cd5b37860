//! The words of the page on which a study is planned: its controls and headings.
