//! The grammar of RFC 9535 (appendix A), read in one pass.
//!
//! ```text
//! $.servers[-1, 'x']   ->   Children [Name "servers"], Children [Index -1, Name "x"]
//! ```

use super::regexp::Regexp;
use super::scan::{Parsed, Scanner};
use super::{
    Call, Comparison, Extent, Operand, Path, Reach, Segment, Selector, Slice, Start, Test,
};
use crate::document::Value;

const COMPARISONS: [(&str, Comparison); 6] = [
    ("==", Comparison::Equal),
    ("!=", Comparison::NotEqual),
    ("<=", Comparison::LessOrEqual),
    (">=", Comparison::GreaterOrEqual),
    ("<", Comparison::Less),
    (">", Comparison::Greater),
];

pub(super) fn expression(text: &str) -> Parsed<Path> {
    let mut scanner = Scanner::new(text);
    if scanner.peek() != Some('$') {
        return Err(scanner.fail("an expression begins with `$`"));
    }
    let path = scanner.path()?;
    match scanner.peek() {
        None => Ok(path),
        Some(_) => Err(scanner.fail("`.`, `[` or the end is expected")),
    }
}

impl Scanner<'_> {
    fn segments(&mut self) -> Parsed<Vec<Segment>> {
        let mut segments = Vec::new();
        loop {
            let before_blank = self.place();
            self.blank();
            let (reach, selectors) = if self.eat("..") {
                let selectors = if self.eat("[") {
                    self.selectors()?
                } else {
                    vec![self.short_selector()?]
                };
                (Reach::Descendants, selectors)
            } else if self.eat(".") {
                (Reach::Children, vec![self.short_selector()?])
            } else if self.eat("[") {
                (Reach::Children, self.selectors()?)
            } else {
                self.back_to(before_blank);
                return Ok(segments);
            };
            segments.push(Segment { reach, selectors });
        }
    }

    /// `*` or a name without quotes.
    fn short_selector(&mut self) -> Parsed<Selector> {
        let is_first = |char: char| char.is_ascii_alphabetic() || char == '_' || !char.is_ascii();
        if self.eat("*") {
            Ok(Selector::Wildcard)
        } else if self.peek().is_some_and(is_first) {
            let name = self.eat_while(|char| is_first(char) || char.is_ascii_digit());
            Ok(Selector::Name(name.to_owned()))
        } else {
            Err(self.fail("a name or `*` is expected; write other names as `['a name']`"))
        }
    }

    /// Reads the selectors after a `[`, and the `]`.
    fn selectors(&mut self) -> Parsed<Vec<Selector>> {
        let mut selectors = Vec::new();
        loop {
            self.blank();
            selectors.push(self.selector()?);
            self.blank();
            if self.eat("]") {
                return Ok(selectors);
            }
            if !self.eat(",") {
                return Err(self.fail("`,` or `]` is expected"));
            }
        }
    }

    fn selector(&mut self) -> Parsed<Selector> {
        if self.eat("*") {
            return Ok(Selector::Wildcard);
        }
        if self.eat("?") {
            self.blank();
            return self.nested(Self::any).map(Selector::Filter);
        }
        match self.peek() {
            Some('\'' | '"') => self.string().map(Selector::Name),
            Some('-' | '0'..='9' | ':') => self.index_or_slice(),
            _ => Err(self.fail(
                "a name in quotes, an index, a slice, `*` or a filter that begins with `?` is expected",
            )),
        }
    }

    fn index_or_slice(&mut self) -> Parsed<Selector> {
        let start = self.optional_integer()?;
        let after_start = self.place();
        self.blank();
        if !self.eat(":") {
            self.back_to(after_start);
            let missing = || self.fail("an index or `:` is expected");
            return start.map(Selector::Index).ok_or_else(missing);
        }
        self.blank();
        let end = self.optional_integer()?;
        self.blank();
        let step = if self.eat(":") {
            self.blank();
            self.optional_integer()?
        } else {
            None
        };
        let step = step.unwrap_or(1);
        Ok(Selector::Slice(Slice { start, end, step }))
    }

    /// Alternatives, separated by `||`.
    fn any(&mut self) -> Parsed<Test> {
        self.separated("||", Self::all, Test::Any)
    }

    fn all(&mut self) -> Parsed<Test> {
        self.separated("&&", Self::basic, Test::All)
    }

    fn separated(
        &mut self,
        separator: &str,
        read: impl Fn(&mut Self) -> Parsed<Test>,
        join: fn(Vec<Test>) -> Test,
    ) -> Parsed<Test> {
        let mut tests = vec![read(self)?];
        loop {
            let before_blank = self.place();
            self.blank();
            if !self.eat(separator) {
                self.back_to(before_blank);
                return Ok(join(tests));
            }
            self.blank();
            tests.push(read(self)?);
        }
    }

    fn basic(&mut self) -> Parsed<Test> {
        if self.eat("!") {
            self.blank();
            let test = match self.peek() {
                Some('(') => self.parenthesized()?,
                _ => self.alone()?,
            };
            return Ok(Test::Not(Box::new(test)));
        }
        if self.peek() == Some('(') {
            return self.parenthesized();
        }
        let begin = self.place();
        if let Some(matching) = self.matching()? {
            return Ok(matching);
        }
        let left = self.operand()?;
        self.blank();
        let found = COMPARISONS.iter().find(|(text, _)| self.eat(text));
        let Some((_, comparison)) = found else {
            self.back_to(begin);
            return self.alone();
        };
        let left = self.as_value(left, begin)?;
        self.blank();
        Ok(Test::Comparison(left, *comparison, self.value()?))
    }

    /// A test without a comparison: a path, which holds if it selects a node, or `match` or
    /// `search`.
    fn alone(&mut self) -> Parsed<Test> {
        let begin = self.place();
        if let Some(matching) = self.matching()? {
            return Ok(matching);
        }
        match self.operand()? {
            Operand::Path(path) => Ok(Test::Exists(path)),
            Operand::Literal(_) | Operand::Call(_) => {
                Err(self.fail_at(begin, "this value is neither true nor false: compare it"))
            }
        }
    }

    fn matching(&mut self) -> Parsed<Option<Test>> {
        let extent = if self.eat("match(") {
            Extent::Whole
        } else if self.eat("search(") {
            Extent::Part
        } else {
            return Ok(None);
        };
        self.nested(|scanner| {
            scanner.blank();
            let text = scanner.value()?;
            scanner.blank();
            scanner.expect(",")?;
            scanner.blank();
            let begin = scanner.place();
            let expression = scanner.value()?;
            if let Operand::Literal(Value::String(text)) = &expression
                && Regexp::parse(text).is_none()
            {
                let message = "this is not a regular expression (RFC 9485 without `\\p`)";
                return Err(scanner.fail_at(begin, message));
            }
            scanner.blank();
            scanner.expect(")")?;
            Ok(Some(Test::Matching(text, extent, expression)))
        })
    }

    fn parenthesized(&mut self) -> Parsed<Test> {
        self.expect("(")?;
        self.blank();
        let test = self.nested(Self::any)?;
        self.blank();
        self.expect(")")?;
        Ok(test)
    }

    fn operand(&mut self) -> Parsed<Operand> {
        match self.peek() {
            Some('@' | '$') => self.path().map(Operand::Path),
            Some('\'' | '"') => Ok(Operand::Literal(Value::String(self.string()?))),
            Some('-' | '0'..='9') => self.number().map(Operand::Literal),
            Some('a'..='z') => self.word(),
            _ => Err(self.fail("a value, a path that begins with `@` or `$`, or `(` is expected")),
        }
    }

    fn path(&mut self) -> Parsed<Path> {
        let start = if self.eat("@") {
            Start::Current
        } else {
            self.expect("$")?;
            Start::Root
        };
        let segments = self.segments()?;
        Ok(Path { start, segments })
    }

    /// `true`, `false`, `null` or the call of a function.
    fn word(&mut self) -> Parsed<Operand> {
        let begin = self.place();
        let is_part = |char| matches!(char, 'a'..='z' | '_' | '0'..='9');
        let word = self.eat_while(is_part);
        if self.eat("(") {
            return self
                .nested(|scanner| scanner.call(word, begin))
                .map(Operand::Call);
        }
        let value = match word {
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            "null" => Value::Null,
            _ => {
                let message = format!("`{word}` is neither a value nor the call of a function");
                return Err(self.fail_at(begin, message));
            }
        };
        Ok(Operand::Literal(value))
    }

    /// The argument after `(`, and the `)`. Each function has one.
    fn call(&mut self, name: &str, begin: usize) -> Parsed<Call> {
        self.blank();
        let call = match name {
            "length" => Call::Length(Box::new(self.value()?)),
            "count" => Call::Count(self.path_argument(name)?),
            "value" => Call::Value(self.path_argument(name)?),
            "match" | "search" => {
                let message = format!("`{name}` is true or false, and cannot be compared");
                return Err(self.fail_at(begin, message));
            }
            _ => {
                let message = format!(
                    "there is no `{name}`; the functions are `count`, `length`, `match`, `search` and `value`"
                );
                return Err(self.fail_at(begin, message));
            }
        };
        self.blank();
        self.expect(")")?;
        Ok(call)
    }

    fn path_argument(&mut self, function: &str) -> Parsed<Path> {
        match self.peek() {
            Some('@' | '$') => self.path(),
            _ => Err(self.fail(format!("the argument of `{function}` is a path"))),
        }
    }

    fn value(&mut self) -> Parsed<Operand> {
        let begin = self.place();
        let operand = self.operand()?;
        self.as_value(operand, begin)
    }

    /// An operand that has one value at most.
    fn as_value(&self, operand: Operand, begin: usize) -> Parsed<Operand> {
        match &operand {
            Operand::Path(path) if !path.is_singular() => {
                let message =
                    "this path may select several nodes: compare `count` or `value` of it";
                Err(self.fail_at(begin, message))
            }
            _ => Ok(operand),
        }
    }
}

impl Path {
    /// True if this is a singular query (section 2.3.5.1): it selects one node at most.
    fn is_singular(&self) -> bool {
        self.segments.iter().all(|segment| {
            segment.reach == Reach::Children
                && matches!(
                    &segment.selectors[..],
                    [Selector::Name(_) | Selector::Index(_)]
                )
        })
    }
}
