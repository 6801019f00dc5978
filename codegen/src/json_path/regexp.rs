//! Regular expressions of the functions `match` and `search`: I-Regexp (RFC 9485) without the
//! categories of Unicode (`\p`).
//!
//! ```text
//! 'v[0-9]+'   ->   One {v}, One {0-9}, Either (1, 3), One {0-9}, Either (-2, -2)
//! ```
//!
//! All ways through the program are followed at once, so the time grows with the product of both
//! lengths at most.

use super::scan::Scanner;

/// The limit for the steps of a program: repetitions are copies.
const STEPS: usize = 10_000;

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
        let mut scanner = Scanner::new(text);
        let steps = alternatives(&mut scanner)?;
        scanner.peek().is_none().then_some(Self(steps))
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

type Steps = Option<Vec<Step>>;

fn alternatives(scanner: &mut Scanner<'_>) -> Steps {
    let mut steps = branch(scanner)?;
    while scanner.eat("|") {
        let other = branch(scanner)?;
        let mut both = vec![Step::Either(1, offset(steps.len() + 2))];
        both.append(&mut steps);
        both.push(jump(other.len() + 1));
        both.extend(other);
        steps = limited(both)?;
    }
    Some(steps)
}

fn branch(scanner: &mut Scanner<'_>) -> Steps {
    let mut steps = Vec::new();
    while !matches!(scanner.peek(), None | Some('|' | ')')) {
        let atom = atom(scanner)?;
        steps.extend(repeated(scanner, atom)?);
        steps = limited(steps)?;
    }
    Some(steps)
}

fn atom(scanner: &mut Scanner<'_>) -> Steps {
    let set = match scanner.next()? {
        '(' => {
            let within = scanner.nested(|scanner| Ok(alternatives(scanner)));
            return within.ok()?.filter(|_| scanner.eat(")"));
        }
        '.' => Set {
            is_negated: true,
            ranges: vec![('\n', '\n'), ('\r', '\r')],
        },
        '[' => class(scanner)?,
        '\\' => one(escape(scanner)?),
        '*' | '+' | '?' | ']' | '{' | '}' => return None,
        char => one(char),
    };
    Some(vec![Step::One(set)])
}

/// Reads the character after a backslash.
fn escape(scanner: &mut Scanner<'_>) -> Option<char> {
    match scanner.next()? {
        'n' => Some('\n'),
        'r' => Some('\r'),
        't' => Some('\t'),
        char if "()*+-.?[\\]^{|}".contains(char) => Some(char),
        _ => None,
    }
}

/// Reads a class after its `[`. A hyphen stands for itself at both ends.
fn class(scanner: &mut Scanner<'_>) -> Option<Set> {
    let is_negated = scanner.eat("^");
    let mut ranges = Vec::new();
    if scanner.eat("-") {
        ranges.push(('-', '-'));
    }
    while !scanner.eat("]") {
        if scanner.eat("-]") {
            ranges.push(('-', '-'));
            break;
        }
        let first = class_char(scanner)?;
        let after_first = scanner.place();
        let last = if scanner.eat("-") && scanner.peek() != Some(']') {
            class_char(scanner)?
        } else {
            scanner.back_to(after_first);
            first
        };
        (first <= last).then(|| ranges.push((first, last)))?;
    }
    (!ranges.is_empty()).then_some(Set { is_negated, ranges })
}

fn class_char(scanner: &mut Scanner<'_>) -> Option<char> {
    match scanner.next()? {
        '\\' => escape(scanner),
        '-' | '[' | ']' => None,
        char => Some(char),
    }
}

/// Repeats an atom as the quantifier after it says, if there is one.
fn repeated(scanner: &mut Scanner<'_>, atom: Vec<Step>) -> Steps {
    if scanner.eat("*") {
        times(&atom, 0, None)
    } else if scanner.eat("+") {
        times(&atom, 1, None)
    } else if scanner.eat("?") {
        times(&atom, 0, Some(1))
    } else if scanner.eat("{") {
        let least = count(scanner)?;
        let most = match scanner.eat(",") {
            true if scanner.peek() == Some('}') => None,
            true => Some(count(scanner)?),
            false => Some(least),
        };
        times(&atom, least, most).filter(|_| scanner.eat("}"))
    } else {
        Some(atom)
    }
}

fn count(scanner: &mut Scanner<'_>) -> Option<usize> {
    let digits = scanner.eat_while(|char| char.is_ascii_digit());
    digits.parse().ok()
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
