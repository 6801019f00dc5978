//! Growth of work with the size of its input, in CPU time of the thread: other programs on the
//! machine do not add to it.
//!
//! Work on one input of size `n` is compared with work on eight inputs of size `n / 8`. Work that
//! is linear takes the same time for both, work that is quadratic eight times as much for the one.

use std::fs;
use std::io::{self, Write as _};
use std::time::Duration;

/// Number of inputs that the whole is compared with.
const PARTS: usize = 8;

/// Largest ratio of the time for the whole to the time for the parts: linear work has 1, quadratic
/// work [`PARTS`].
const LIMIT: u32 = 2;

/// Less time is not compared, since the kernel may count it in ticks. Quadratic work takes far
/// more.
const NOTICEABLE: Duration = Duration::from_millis(100);

/// Number of measurements, one of which has to be within the limit.
const ATTEMPTS: usize = 3;

/// Does the work, a function of the size of its input, and checks that its time grows in
/// proportion to the size.
///
/// Where the system does not report the CPU time of a thread, the work is done once and nothing is
/// compared.
///
/// # Panics
///
/// If the time grows faster in each of several measurements.
pub fn linear(name: &str, size: usize, mut work: impl FnMut(usize)) {
    let mut measured = Vec::new();
    while measured.len() < ATTEMPTS {
        let Some(whole) = cpu_time(|| work(size)) else {
            // The test harness would capture what the macros print.
            let _ = writeln!(
                io::stderr(),
                "growth: {name} is not compared, for want of /proc/thread-self/schedstat"
            );
            return;
        };
        if whole < NOTICEABLE {
            return;
        }
        let parts = cpu_time(|| (0..PARTS).for_each(|_| work(size / PARTS))).unwrap_or_default();
        if whole <= LIMIT * parts {
            return;
        }
        measured.push((whole, parts));
    }
    panic!("{name}: not linear, the whole and its parts took {measured:?}");
}

/// CPU time that the work takes; `None` where the system does not report it.
fn cpu_time(work: impl FnOnce()) -> Option<Duration> {
    let before = thread_time();
    work();
    thread_time()?.checked_sub(before?)
}

/// CPU time of this thread so far: the first number of its `schedstat`, in nanoseconds.
fn thread_time() -> Option<Duration> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let time = statistics.split_whitespace().next()?.parse().ok()?;
    Some(Duration::from_nanos(time))
}
