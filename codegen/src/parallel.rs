//! Parallel work on many items, with a thread for each processor.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The results for `count` items, in their order.
///
/// Each thread calls `worker` once to get its own function, and then calls that with the index of
/// each item. So the state of a worker does not cross threads. If a thread cannot be started, the
/// others do its share.
pub(crate) fn each<T: Send, F: FnMut(usize) -> T>(
    count: usize,
    worker: impl Fn() -> F + Sync,
) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(count));
    let work = || {
        let mut function = worker();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            if index >= count {
                return;
            }
            let result = function(index);
            if let Ok(mut results) = results.lock() {
                results.push((index, result));
            }
        }
    };
    let processors = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 1..processors.min(count) {
            // An error means that the system cannot start another thread.
            let _ = thread::Builder::new().spawn_scoped(scope, work);
        }
        work();
    });
    let mut results = results.into_inner().unwrap_or_default();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::each;

    #[test]
    fn results_are_in_order_and_each_is_made_once() {
        let squares = each(1000, || |index| index * index);
        assert!(
            squares
                .iter()
                .copied()
                .eq((0..1000).map(|index| index * index))
        );
        assert!(each(0, || |index| index).is_empty());
    }
}
