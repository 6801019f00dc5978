//! Processes, and what each of them takes.
//!
//! ```text
//! xtask generate --spec lamps.yaml …   -> 0.04 s, 0.03 s of the processor, 14 MB
//! ```
//!
//! The kernel counts the memory of the process that starts another as the other's own. So what
//! processes print goes into files, which are read when all have ended: meanwhile this process is
//! smaller than any of them.

use std::fs::File;
use std::process::{Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use wait4::Wait4;

use crate::failure::{Action, Failure};
use crate::files::place::Place;

/// The processes that count together.
const COUNTS_FAMILIES: bool = cfg!(any(
    target_os = "linux",
    target_os = "android",
    target_os = "macos",
    target_os = "freebsd",
    target_os = "netbsd",
    target_os = "openbsd",
));

/// The cost of a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// From its start to its end.
    pub wall: Duration,
    /// Time of the processor; `None` where the system does not report it.
    pub cpu: Option<Duration>,
    /// Peak of memory in bytes; `None` where the system does not report it.
    pub peak: Option<u64>,
}

/// Which processes are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counted {
    /// One that starts no other.
    Alone,
    /// One with those that it waits for. Of the memory, that of the largest of them counts.
    Family,
}

impl Counted {
    /// True where the system reports costs.
    fn is_known(self) -> bool {
        COUNTS_FAMILIES || (cfg!(windows) && self == Self::Alone)
    }
}

/// Where a process prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// Its standard output.
    pub output: Place,
    /// Its standard error.
    pub log: Place,
}

/// Runs a program to its end, and says what it took.
///
/// # Errors
/// A program that cannot be started, and a file that cannot be written.
pub fn run(
    command: &mut Command,
    printed: &Printed,
    counted: Counted,
) -> Result<(ExitStatus, Usage), Failure> {
    let file = |place: &Place| File::create(place.path()).map_err(Action::Write.failed(place));
    command
        .stdin(Stdio::null())
        .stdout(file(&printed.output)?)
        .stderr(file(&printed.log)?);
    let program = Place::given(command.get_program().as_ref());
    let start = Instant::now();
    let used = command.spawn().and_then(Wait4::wait4);
    let used = used.map_err(Action::Run.failed(&program))?;
    let (cpu, peak) = (used.rusage.utime + used.rusage.stime, used.rusage.maxrss);
    let usage = Usage {
        wall: start.elapsed(),
        cpu: Some(cpu).filter(|cpu| counted.is_known() && !cpu.is_zero()),
        peak: Some(peak).filter(|&peak| counted.is_known() && peak > 0),
    };
    Ok((used.status, usage))
}
