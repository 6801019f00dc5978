//! Integers: the Rust type for the values of a schema, and the bounds that this type does not
//! imply.
//!
//! ```yaml
//! {type: integer, format: int32}                               # I32
//! {type: integer, format: int32, maximum: 3000000000}          # I64: what is stated counts more
//! {type: integer, format: uint64}                              # U64
//! {type: integer, minimum: 0, maximum: 18446744073709551615}   # U64
//! {type: integer, format: uint8}                               # I64, at least 0, at most 255
//! {type: integer, maximum: 9223372036854775807}                # I64, without a bound
//! {type: integer, minimum: 0.5, multipleOf: 1.5}               # I64, at least 1, a multiple of 3
//! ```

use crate::diagnostic::{Code, Diagnostic};
use crate::document::{At, Number};
use crate::lower::schema::Schema;
use crate::lower::schema::limits::{Side, leaves_none, tighter};
use crate::lower::{Lowered, Lowering};
use crate::model::{Bound, Limits, Type};

/// The least and the greatest value of a type.
type Range = (i128, i128);

const I32: Range = (i32::MIN as i128, i32::MAX as i128);
const I64: Range = (i64::MIN as i128, i64::MAX as i128);
const U64: Range = (0, u64::MAX as i128);

impl<'d> Lowering<'d> {
    /// An integer without listed values.
    pub(in crate::lower) fn integer(&mut self, schema: &Schema<'d>) -> Lowered {
        let ty = type_of(schema);
        if leaves_none(&schema.limits) {
            // This is reported where the bounds are read.
            return Lowered::of(ty);
        }
        let limits = with_implied(&schema.limits, schema.format);
        let unsigned = ty == Type::U64 && limits.minimum.is_none();
        let note = match range(&ty).and_then(|range| beyond(&limits, range)) {
            Some(side) => Some((side, "only integers of 64 bits are read")),
            None if unsigned => Some((Side::Maximum, "a number this large is read as unsigned")),
            None => None,
        };
        if let Some((side, reason)) = note {
            let at = side.at(&schema.at);
            self.findings.note(at.pointer().clone(), reason);
        }
        let lowered = Lowered {
            limits,
            ..Lowered::of(ty)
        };
        self.fitted(&schema.at, lowered)
    }

    /// The value with bounds that fit its type; reports bounds that no value of the type is
    /// within.
    pub(in crate::lower) fn fitted(&mut self, at: &At<'d>, lowered: Lowered) -> Lowered {
        match fit(&lowered.limits, &lowered.ty) {
            Ok(limits) => Lowered { limits, ..lowered },
            Err(side) => {
                let at = side.at(at);
                let message = "no integer of the type is within the bounds";
                let problem = Diagnostic::new(Code::InvalidBound, &at, message);
                let help = "write bounds that allow integers of 64 bits, or of the `format`";
                self.findings.push(problem.label("out of range").help(help));
                Lowered {
                    limits: Limits::default(),
                    ..lowered
                }
            }
        }
    }
}

/// The type that can hold all listed values, else all values within the bounds.
pub(in crate::lower) fn type_of(schema: &Schema<'_>) -> Type {
    let (least, most) = extremes(schema);
    let held = |(low, high): Range| {
        let within = |bound: i128| (low..=high).contains(&bound);
        least.is_none_or(within) && most.is_none_or(within)
    };
    if schema.format == Some("int32") && held(I32) {
        return Type::I32;
    }
    let large =
        most.is_some_and(|most| most > I64.1 && !(least.is_none() && is_rounded(most, I64)));
    let unsigned = large || matches!(schema.format, Some("uint64" | "uint"));
    if unsigned && least.is_none_or(|least| least >= 0) && most.is_none_or(|most| most >= 0) {
        Type::U64
    } else {
        Type::I64
    }
}

/// The least and the greatest value of a schema.
fn extremes(schema: &Schema<'_>) -> (Option<i128>, Option<i128>) {
    let Some(values) = &schema.values else {
        let bound = |bound: &Option<Bound>, side| bound.as_ref().map(|bound| whole(bound, side));
        let Limits {
            minimum, maximum, ..
        } = &schema.limits;
        return (bound(minimum, Side::Minimum), bound(maximum, Side::Maximum));
    };
    let numbers = values.iter().filter_map(At::as_number);
    let numbers: Vec<i128> = numbers.filter_map(Number::as_i128).collect();
    (numbers.iter().min().copied(), numbers.iter().max().copied())
}

/// The stated bounds, completed by those that a format implies.
fn with_implied(stated: &Limits, format: Option<&str>) -> Limits {
    let (least, most) = match format {
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("int16") => (i16::MIN.into(), i16::MAX.into()),
        Some("int32") => I32,
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64" | "uint") => U64,
        _ => return stated.clone(),
    };
    let implied = |number: i128| Some(inclusive(number));
    Limits {
        minimum: stated.minimum.clone().or_else(|| implied(least)),
        maximum: stated.maximum.clone().or_else(|| implied(most)),
        ..stated.clone()
    }
}

/// Bounds that values of a type can be compared with. Bounds that every value satisfies are left
/// out.
///
/// # Errors
/// The side of a bound that every value violates.
pub(in crate::lower) fn fit(limits: &Limits, ty: &Type) -> Result<Limits, Side> {
    let Some((low, high)) = range(ty) else {
        return Ok(limits.clone());
    };
    let limits = with_whole_factor(limits, high);
    let side = |bound: &Option<Bound>, side| {
        let Some(bound) = bound else { return Ok(None) };
        let last = whole(bound, side);
        let (admits_all, admits_none) = match side {
            Side::Minimum => (last <= low, last > high),
            Side::Maximum => (last >= high, last < low),
        };
        match bound.number.as_i128() {
            _ if admits_none => Err(side),
            _ if admits_all => Ok(None),
            Some(number) => Ok(Some(Bound {
                number: number.into(),
                exclusive: bound.exclusive,
            })),
            None => Ok(Some(inclusive(last))),
        }
    };
    let minimum = side(&limits.minimum, Side::Minimum)?;
    let maximum = side(&limits.maximum, Side::Maximum)?;
    if let (Some(least), Some(most)) = (&minimum, &maximum)
        && whole(least, Side::Minimum) > whole(most, Side::Maximum)
    {
        return Err(Side::Maximum);
    }
    Ok(Limits {
        minimum,
        maximum,
        ..limits
    })
}

/// The same multiples with an integer factor. If the factor exceeds the type, 0 is the only
/// multiple.
fn with_whole_factor(limits: &Limits, most: i128) -> Limits {
    let Some(factor) = &limits.multiple_of else {
        return limits.clone();
    };
    let numerator = factor.numerator();
    let rest = Limits {
        multiple_of: None,
        ..limits.clone()
    };
    match numerator {
        Some(1) => rest,
        Some(factor) if factor <= most => Limits {
            multiple_of: Some(factor.into()),
            ..rest
        },
        _ => tighter(
            &rest,
            &Limits {
                minimum: Some(inclusive(0)),
                maximum: Some(inclusive(0)),
                ..Limits::default()
            },
        ),
    }
}

fn range(ty: &Type) -> Option<Range> {
    match ty {
        Type::I32 => Some(I32),
        Type::I64 => Some(I64),
        Type::U64 => Some(U64),
        _ => None,
    }
}

/// The side on which bounds allow values outside the range of a type.
fn beyond(limits: &Limits, range: Range) -> Option<Side> {
    let outside = |bound: &Option<Bound>, side| {
        let last = whole(bound.as_ref()?, side);
        let admitted = match side {
            Side::Minimum => last < range.0,
            Side::Maximum => last > range.1,
        };
        (admitted && !is_rounded(last, range)).then_some(side)
    };
    outside(&limits.minimum, Side::Minimum).or_else(|| outside(&limits.maximum, Side::Maximum))
}

/// True if a number is an end of the range within the precision of an `f64`: many tools write 2⁶³
/// for 2⁶³ - 1.
fn is_rounded(number: i128, (least, most): Range) -> bool {
    #[expect(
        clippy::cast_precision_loss,
        reason = "numbers with one nearest `f64` are what is asked for"
    )]
    let nearest = |number: i128| number as f64;
    [least, most]
        .iter()
        .any(|end| nearest(*end).total_cmp(&nearest(number)).is_eq())
}

/// The outermost integer within a bound, saturating.
fn whole(bound: &Bound, side: Side) -> i128 {
    let inwards = match side {
        Side::Minimum => 1,
        Side::Maximum => -1,
    };
    if let Some(number) = bound.number.as_i128() {
        return number.saturating_add(if bound.exclusive { inwards } else { 0 });
    }
    let number = bound.number.as_f64();
    let number = match side {
        Side::Minimum => number.ceil(),
        Side::Maximum => number.floor(),
    };
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a number beyond 128 bits is beyond every type"
    )]
    let number = number as i128;
    number
}

fn inclusive(number: i128) -> Bound {
    Bound {
        number: number.into(),
        exclusive: false,
    }
}

impl Side {
    /// The bound of this side in a schema, else the schema.
    fn at<'d>(self, at: &At<'d>) -> At<'d> {
        let (inclusive, exclusive) = self.keywords();
        let stated = at.get(inclusive).or_else(|| at.get(exclusive));
        stated.unwrap_or_else(|| at.clone())
    }
}
