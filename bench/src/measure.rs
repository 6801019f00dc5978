//! Times and memory.

use std::{
    env, fs,
    process::Command,
    time::{Duration, Instant},
};

use cpu_time::{ProcessTime, ThreadTime};

use crate::table::Who;

/// The first argument of a run of this program that does one piece of work and ends.
pub const CHILD: &str = "--child";

/// A way to do the task of a table.
pub struct Contender<'a> {
    pub name: &'a str,
    pub who: Who,
    pub run: Box<dyn FnMut() + 'a>,
}

/// How many rounds: `BENCH_ROUNDS`, or what the table wants.
pub fn rounds(wanted: usize) -> usize {
    let given = env::var("BENCH_ROUNDS").ok();
    given.and_then(|text| text.parse().ok()).unwrap_or(wanted)
}

/// The median of the CPU seconds of this thread that each contender takes, one after the other in
/// each round.
pub fn interleave(rounds: usize, contenders: &mut [Contender]) -> Vec<f64> {
    let mut found: Vec<Vec<f64>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (contender, found) in contenders.iter_mut().zip(&mut found) {
            let start = ThreadTime::now();
            (contender.run)();
            found.push(start.elapsed().as_secs_f64());
        }
    }
    found.into_iter().map(median).collect()
}

/// The middle one; NaN of none.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// The cost of a run of its own.
#[derive(Clone, Copy, Debug)]
pub struct Peak {
    pub wall: Duration,
    pub cpu: Duration,
    #[expect(clippy::struct_field_names, reason = "it says the unit")]
    pub peak_bytes: u64,
}

/// This program, to be run again for one piece of work.
pub fn child_command(child: &str, arguments: &[&str]) -> Command {
    let program = env::current_exe().expect("this program has a file");
    let mut command = Command::new(program);
    command.arg(CHILD).arg(child).args(arguments);
    command
}

/// Does the work of a child, between the looks at the clock and at the peak.
pub fn be_child(work: impl FnOnce()) {
    let wall = Instant::now();
    let cpu = ProcessTime::now();
    work();
    let (wall, cpu) = (wall.elapsed(), cpu.elapsed());
    let status =
        fs::read_to_string("/proc/self/status").expect("Linux tells the state of a process");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.and_then(|line| line.split_whitespace().next());
    println!(
        "{} {} {}",
        wall.as_nanos(),
        cpu.as_nanos(),
        peak.unwrap_or("0")
    );
}

/// The cost of a child, its memory less that of one that does nothing.
pub fn peak_of(child: &str, arguments: &[&str]) -> Peak {
    let mut peak = observe(child, arguments);
    peak.peak_bytes = peak
        .peak_bytes
        .saturating_sub(observe("nothing", &[]).peak_bytes);
    peak
}

fn observe(child: &str, arguments: &[&str]) -> Peak {
    let output = child_command(child, arguments)
        .output()
        .expect("this program runs again");
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{child} {arguments:?}: {text}{errors}"
    );
    let mut numbers = text
        .split_whitespace()
        .map(|text| text.parse().unwrap_or(0));
    let mut next = || numbers.next().unwrap_or(0);
    Peak {
        wall: Duration::from_nanos(next()),
        cpu: Duration::from_nanos(next()),
        peak_bytes: next() * 1024,
    }
}
