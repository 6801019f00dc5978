//! A reader of event streams that follows the text of the standard, one character at a time.

use std::time::Duration;

/// The result of reading a stream to its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// The dispatched events.
    pub events: Vec<Event>,
    /// The last event ID string of the event source.
    pub last_event_id: String,
    /// The reconnection time, if the stream sets it.
    pub reconnection_time: Option<Duration>,
}

/// A dispatched event: its type, its data, and the last event ID string at that time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The type, which is `message` where the stream does not name one.
    pub name: String,
    /// The data.
    pub data: String,
    /// The last event ID string.
    pub id: String,
}

/// The buffers of WHATWG HTML §9.2.6, "Interpreting an event stream".
#[derive(Default)]
struct Reader {
    data: String,
    event_type: String,
    id: String,
    outcome: Outcome,
}

/// Reads a whole stream. What follows the last empty line is discarded, and a last line without an
/// end is not a line.
pub fn read(stream: &[u8]) -> Outcome {
    let decoded = String::from_utf8_lossy(stream);
    let mut characters = decoded.chars().peekable();
    characters.next_if_eq(&'\u{feff}');
    let mut reader = Reader::default();
    let mut line = String::new();
    while let Some(character) = characters.next() {
        match character {
            '\n' => reader.line(&std::mem::take(&mut line)),
            '\r' => {
                characters.next_if_eq(&'\n');
                reader.line(&std::mem::take(&mut line));
            }
            _ => line.push(character),
        }
    }
    reader.outcome
}

impl Reader {
    fn line(&mut self, line: &str) {
        if line.is_empty() {
            self.dispatch();
        } else if let Some((name, value)) = line.split_once(':') {
            // A comment is a field with an empty name, which is ignored like any unknown one.
            self.field(name, value.strip_prefix(' ').unwrap_or(value));
        } else {
            self.field(line, "");
        }
    }

    fn field(&mut self, name: &str, value: &str) {
        match name {
            "event" => value.clone_into(&mut self.event_type),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
            }
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            // No number of milliseconds is written without digits. The standard has no limit, a
            // `Duration` has: the runtime ignores what does not fit in 64 bits.
            "retry" if value.chars().all(|digit| digit.is_ascii_digit()) => {
                if let Ok(milliseconds) = value.parse() {
                    self.outcome.reconnection_time = Some(Duration::from_millis(milliseconds));
                }
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) {
        self.outcome.last_event_id.clone_from(&self.id);
        let mut data = std::mem::take(&mut self.data);
        let mut name = std::mem::take(&mut self.event_type);
        if data.is_empty() {
            return;
        }
        // Each line of data has appended a line feed.
        data.pop();
        if name.is_empty() {
            "message".clone_into(&mut name);
        }
        let id = self.id.clone();
        self.outcome.events.push(Event { name, data, id });
    }
}
