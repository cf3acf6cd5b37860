//! `cotside completions`: scripts with which a shell completes commands, flags and their values.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use crate::{Refusal, output};

/// Options of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  cotside completions bash > ~/.local/share/bash-completion/completions/cotside
  cotside completions zsh > ~/.zfunc/_cotside
  cotside completions fish > ~/.config/fish/completions/cotside.fish
  cotside completions powershell >> $PROFILE")]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Prints the shell's script for the whole command line.
///
/// # Errors
/// Where standard output cannot be written.
pub fn run(options: &Completions, mut program: Command) -> Result<(), Refusal> {
    let mut script = Vec::new();
    generate(options.shell, &mut program, "cotside", &mut script);
    output::file(&String::from_utf8_lossy(&script))
}
