//! Regular expressions of the functions `match` and `search`: I-Regexp (RFC 9485) without the
//! categories of Unicode (`\p`).
//!
//! ```text
//! 'v[0-9]+'   ->   One {v}, One {0-9}, Either (1, 3), One {0-9}, Either (-2, -2)
//! ```
//!
//! All ways through the program are followed at once, so the time grows with the product of both
//! lengths at most.

/// The limit for the steps of a program: repetitions are copies.
const STEPS: usize = 10_000;

/// The limit for parentheses within each other.
const NESTING_LIMIT: usize = 64;

/// The steps of a program, which ends after the last one.
#[derive(Clone, Debug)]
pub(super) struct Regexp(Vec<Step>);

#[derive(Clone, Debug)]
enum Step {
    /// Takes one character of the set.
    One(Set),
    /// Goes on at two places, which count from this one.
    Either(isize, isize),
}

/// Characters from one to another, or all others.
#[derive(Clone, Debug)]
struct Set {
    is_negated: bool,
    ranges: Vec<(char, char)>,
}

impl Set {
    fn has(&self, char: char) -> bool {
        let mut ranges = self.ranges.iter();
        ranges.any(|(first, last)| (*first..=*last).contains(&char)) != self.is_negated
    }
}

impl Regexp {
    /// Reads an expression; none if it is not an I-Regexp or has a category of Unicode.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser { text, depth: 0 };
        let steps = parser.alternatives()?;
        parser.text.is_empty().then_some(Self(steps))
    }

    /// True if the expression matches the whole text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        let mut reached = vec![false; self.0.len() + 1];
        self.reach(0, &mut reached);
        for char in text.chars() {
            reached = self.after(&reached, char);
        }
        reached[self.0.len()]
    }

    /// True if the expression matches a part of the text.
    pub(super) fn is_found(&self, text: &str) -> bool {
        let mut reached = vec![false; self.0.len() + 1];
        self.reach(0, &mut reached);
        for char in text.chars() {
            if reached[self.0.len()] {
                return true;
            }
            reached = self.after(&reached, char);
            self.reach(0, &mut reached);
        }
        reached[self.0.len()]
    }

    fn after(&self, before: &[bool], char: char) -> Vec<bool> {
        let mut reached = vec![false; before.len()];
        for (at, step) in self.0.iter().enumerate() {
            if let Step::One(set) = step
                && before[at]
                && set.has(char)
            {
                self.reach(at + 1, &mut reached);
            }
        }
        reached
    }

    /// Adds a place, and those that are reached from there without a character.
    fn reach(&self, at: usize, reached: &mut [bool]) {
        let mut open = vec![at];
        while let Some(at) = open.pop() {
            if std::mem::replace(&mut reached[at], true) {
                continue;
            }
            if let Some(Step::Either(one, other)) = self.0.get(at) {
                open.extend([one, other].map(|offset| at.saturating_add_signed(*offset)));
            }
        }
    }
}

struct Parser<'t> {
    /// What has not been read.
    text: &'t str,
    depth: usize,
}

type Steps = Option<Vec<Step>>;

impl Parser<'_> {
    fn eat(&mut self, expected: char) -> bool {
        let rest = self.text.strip_prefix(expected);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let char = self.text.chars().next()?;
        self.text = &self.text[char.len_utf8()..];
        Some(char)
    }

    fn alternatives(&mut self) -> Steps {
        let mut steps = self.branch()?;
        while self.eat('|') {
            let other = self.branch()?;
            let mut both = vec![Step::Either(1, offset(steps.len() + 2))];
            both.append(&mut steps);
            both.push(jump(other.len() + 1));
            both.extend(other);
            steps = limited(both)?;
        }
        Some(steps)
    }

    fn branch(&mut self) -> Steps {
        let mut steps = Vec::new();
        while !self.text.is_empty() && !self.text.starts_with(['|', ')']) {
            let atom = self.atom()?;
            steps.extend(self.repeated(atom)?);
            steps = limited(steps)?;
        }
        Some(steps)
    }

    fn atom(&mut self) -> Steps {
        let set = match self.next()? {
            '(' => {
                self.depth += 1;
                let within = (self.depth <= NESTING_LIMIT).then(|| self.alternatives())??;
                self.depth -= 1;
                return self.eat(')').then_some(within);
            }
            '.' => Set {
                is_negated: true,
                ranges: vec![('\n', '\n'), ('\r', '\r')],
            },
            '[' => self.class()?,
            '\\' => one(self.escape()?),
            '*' | '+' | '?' | ']' | '{' | '}' => return None,
            char => one(char),
        };
        Some(vec![Step::One(set)])
    }

    /// The character after a backslash.
    fn escape(&mut self) -> Option<char> {
        match self.next()? {
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            char if "()*+-.?[\\]^{|}".contains(char) => Some(char),
            _ => None,
        }
    }

    /// What comes after `[`, with the `]`. A hyphen stands for itself at the begin and at the end.
    fn class(&mut self) -> Option<Set> {
        let is_negated = self.eat('^');
        let mut ranges = Vec::new();
        if self.eat('-') {
            ranges.push(('-', '-'));
        }
        while !self.eat(']') {
            if self.eat('-') {
                ranges.push(('-', '-'));
                return self.eat(']').then_some(Set { is_negated, ranges });
            }
            let first = self.class_char()?;
            let is_range = self.text.starts_with('-') && !self.text.starts_with("-]");
            let last = if is_range && self.eat('-') {
                self.class_char()?
            } else {
                first
            };
            (first <= last).then(|| ranges.push((first, last)))?;
        }
        (!ranges.is_empty()).then_some(Set { is_negated, ranges })
    }

    fn class_char(&mut self) -> Option<char> {
        match self.next()? {
            '\\' => self.escape(),
            '-' | '[' | ']' => None,
            char => Some(char),
        }
    }

    /// An atom with the quantifier that follows it, if there is one.
    fn repeated(&mut self, atom: Vec<Step>) -> Steps {
        if self.eat('*') {
            times(&atom, 0, None)
        } else if self.eat('+') {
            times(&atom, 1, None)
        } else if self.eat('?') {
            times(&atom, 0, Some(1))
        } else if self.eat('{') {
            let (range, rest) = self.text.split_once('}')?;
            self.text = rest;
            let (least, most) = range.split_once(',').unwrap_or((range, range));
            let most = if most.is_empty() {
                None
            } else {
                Some(count(most)?)
            };
            times(&atom, count(least)?, most)
        } else {
            Some(atom)
        }
    }
}

fn one(char: char) -> Set {
    Set {
        is_negated: false,
        ranges: vec![(char, char)],
    }
}

fn jump(distance: usize) -> Step {
    Step::Either(offset(distance), offset(distance))
}

/// A distance within a program, which has [`STEPS`] at most.
fn offset(distance: usize) -> isize {
    isize::try_from(distance).unwrap_or(isize::MAX)
}

fn limited(steps: Vec<Step>) -> Steps {
    (steps.len() <= STEPS).then_some(steps)
}

fn count(digits: &str) -> Option<usize> {
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// Steps so many times, without an end if there is no `most`.
fn times(steps: &[Step], least: usize, most: Option<usize>) -> Steps {
    let optional = most.map_or(Some(1), |most| most.checked_sub(least))?;
    // Each copy has a step of its own in addition, which also bounds copies of nothing.
    let copies = least.checked_add(optional)?;
    if copies.checked_mul(steps.len() + 1)? > STEPS {
        return None;
    }
    let mut all: Vec<Step> = vec![steps; least].concat();
    match most {
        None => {
            let back = -offset(steps.len() + 1);
            all.push(Step::Either(1, offset(steps.len() + 2)));
            all.extend_from_slice(steps);
            all.push(Step::Either(back, back));
        }
        Some(_) => {
            for _ in 0..optional {
                all.push(Step::Either(1, offset(steps.len() + 1)));
                all.extend_from_slice(steps);
            }
        }
    }
    limited(all)
}
