//! Choices by a seed: the generator of Marsaglia, "Xorshift RNGs", 2003.

pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        // Small seeds differ in few bits.
        for _ in 0..8 {
            dice.below(2);
        }
        dice
    }

    /// One of the numbers from 0 on.
    pub fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let count = u64::try_from(count).unwrap_or(u64::MAX);
        usize::try_from((self.0 >> 32) % count).unwrap_or_default()
    }

    pub fn chance(&mut self, some: usize, of: usize) -> bool {
        self.below(of) < some
    }

    pub fn one<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.below(list.len())]
    }

    /// So many different ones of a list, in its order.
    pub fn some<T: Clone>(&mut self, list: &[T], count: usize) -> Vec<T> {
        let mut chosen = Vec::new();
        for (index, item) in list.iter().enumerate() {
            if self.chance(count - chosen.len(), list.len() - index) {
                chosen.push(item.clone());
            }
        }
        chosen
    }
}
