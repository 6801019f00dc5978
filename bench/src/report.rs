//! The report: a page of tables, and a plot of them.

use std::{env, error::Error, fmt::Write, fs, path::Path, process::Command};

use plotters::prelude::*;

use crate::table::{Bar, Row, Table, Who};

/// A table as Markdown.
pub fn markdown(table: &Table) -> String {
    let mut text = format!("## {}\n\n{}\n\n", table.title, table.setting);
    let mut heads = vec![String::new(), table.unit.to_owned(), "x".to_owned()];
    heads.extend(table.columns.iter().map(|head| (*head).to_owned()));
    let rule: Vec<&str> = heads
        .iter()
        .enumerate()
        .map(|(index, _)| if index == 0 { "---" } else { "---:" })
        .collect();
    line(&mut text, &heads);
    let _ = writeln!(text, "| {} |", rule.join(" | "));
    for row in &table.rows {
        let name = match row.who {
            Who::Limit => format!("*{}*", row.name),
            Who::Ours => format!("**{}**", row.name),
            Who::Peer => row.name.clone(),
        };
        let scale = if table.unit.ends_with("ms") { 1e3 } else { 1.0 };
        let mut cells = vec![name, figure(row.seconds * scale), figure(row.ratio)];
        cells.extend(row.cells.iter().cloned());
        line(&mut text, &cells);
    }
    text.push('\n');
    for bar in &table.bars {
        let word = if bar.at_least { "at least" } else { "at most" };
        let verdict = if is_met(bar) { "met" } else { "**missed**" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "- {}: {word} {}, reached {}: {verdict}",
            bar.what,
            bar.wanted,
            figure(bar.reached)
        );
    }
    text
}

fn line(text: &mut String, cells: &[String]) {
    let _ = writeln!(text, "| {} |", cells.join(" | "));
}

fn is_met(bar: &Bar) -> bool {
    if bar.at_least {
        bar.reached >= bar.wanted
    } else {
        bar.reached <= bar.wanted
    }
}

/// Three digits that count.
fn figure(number: f64) -> String {
    match number {
        _ if number.is_nan() => "–".to_owned(),
        _ if number >= 100.0 => format!("{number:.0}"),
        _ if number >= 10.0 => format!("{number:.1}"),
        _ if number >= 0.1 => format!("{number:.2}"),
        _ => format!("{number:.4}"),
    }
}

/// Writes page and plot into `docs/` of the project.
pub fn write(tables: &[Table]) -> Result<(), Box<dyn Error>> {
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs");
    let name = if cfg!(feature = "base64-turbo") {
        "benchmarks-base64-turbo"
    } else {
        "benchmarks"
    };
    fs::create_dir_all(&docs)?;
    plot(tables, &docs.join(format!("{name}.svg")))?;
    let mut page = format!(
        "# Benchmarks\n\n{}\n\n![Speed relative to the limit of each task]({name}.svg)\n\n\
         All contenders of a table ran in one process on the same input, one after the other in each round; the figure \
         is the median of the rounds. `x` is the speed relative to the limit, or to ours where there is no limit. What \
         was not measured has a dash. Times drift with the machine, the ratios within one table do not.\n",
        machine()
    );
    for table in tables {
        page.push('\n');
        page.push_str(&markdown(table));
    }
    fs::write(docs.join(format!("{name}.md")), page)?;
    Ok(())
}

/// Machine, command and date.
fn machine() -> String {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let after = |text: &str, key: &str| {
        let line = text.lines().find(|line| line.starts_with(key));
        let value = line.and_then(|line| line.split_once(':'));
        value
            .map(|(_, value)| value.trim().to_owned())
            .unwrap_or_default()
    };
    let run = |program: &str, argument: &str| {
        let output = Command::new(program).arg(argument).output();
        let text = output.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
        text.unwrap_or_default()
    };
    let kernel = read("/proc/sys/kernel/osrelease");
    let cpus = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let features = if cfg!(feature = "base64-turbo") {
        " --features base64-turbo"
    } else {
        ""
    };
    format!(
        "{}, {cpus} cores, {} of memory; Linux {}; {}.\n\n`cargo run --release --manifest-path bench/Cargo.toml{features}` \
         on {}.",
        after(&read("/proc/cpuinfo"), "model name"),
        after(&read("/proc/meminfo"), "MemTotal"),
        kernel.split('-').next().unwrap_or_default().trim(),
        run("rustc", "--version"),
        run("date", "-I"),
    )
}

/// A bar for each contender, on a logarithmic scale.
fn plot(tables: &[Table], path: &Path) -> Result<(), Box<dyn Error>> {
    let shown = |row: &&Row| row.ratio.is_finite() && row.ratio > 0.0;
    let tables: Vec<&Table> = tables
        .iter()
        .filter(|table| table.rows.iter().any(|row| row.who == Who::Peer))
        .filter(|table| table.rows.iter().filter(shown).count() > 1)
        .collect();
    let lines: usize = tables
        .iter()
        .map(|table| table.rows.iter().filter(shown).count() + 2)
        .sum();
    let height = u32::try_from(lines)? * 20 + 50;
    let root = SVGBackend::new(path, (900, height)).into_drawing_area();
    root.fill(&WHITE)?;
    let (left, right, least, most) = (400.0, 840.0, 0.0002_f64, 40.0_f64);
    let x = |ratio: f64| {
        let share = (ratio.clamp(least, most) / least).ln() / (most / least).ln();
        let x = left + share * (right - left);
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a place on the page is within it"
        )]
        let x = x as i32;
        x
    };
    let small = ("sans-serif", 13).into_font().color(&BLACK);
    let bold = ("sans-serif", 14)
        .into_font()
        .style(FontStyle::Bold)
        .color(&BLACK);
    let bottom = i32::try_from(height)? - 30;
    for tick in [0.001, 0.01, 0.1, 1.0, 10.0] {
        let color = if (tick - 1.0_f64).abs() > 0.5 {
            RGBColor(220, 220, 220)
        } else {
            RGBColor(90, 90, 90)
        };
        root.draw(&PathElement::new(
            vec![(x(tick), 10), (x(tick), bottom)],
            color,
        ))?;
        root.draw(&Text::new(
            format!("{tick}x"),
            (x(tick) - 12, bottom + 6),
            small.clone(),
        ))?;
    }
    let mut y = 12;
    for table in tables {
        root.draw(&Text::new(table.title.clone(), (10, y), bold.clone()))?;
        y += 20;
        for row in table.rows.iter().filter(shown) {
            let color = match row.who {
                Who::Limit => RGBColor(150, 150, 150),
                Who::Ours => RGBColor(20, 120, 70),
                Who::Peer => RGBColor(190, 130, 60),
            };
            let end = x(row.ratio);
            root.draw(&Text::new(row.name.clone(), (24, y), small.clone()))?;
            root.draw(&Rectangle::new(
                [(x(least), y), (end, y + 13)],
                color.filled(),
            ))?;
            root.draw(&Text::new(figure(row.ratio), (end + 5, y), small.clone()))?;
            y += 20;
        }
        y += 20;
    }
    root.present()?;
    Ok(())
}
