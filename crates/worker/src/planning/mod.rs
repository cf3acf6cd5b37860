//! The page on which a study is planned: settings in, sentences, tables, a figure and code for R out.

pub mod r;
