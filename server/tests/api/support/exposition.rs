//! Prometheus' text format, read strictly: what a lenient monitor would swallow fails here.

use std::collections::{BTreeMap, BTreeSet};

/// One number with its labels.
#[derive(Clone, Debug)]
pub struct Sample {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    pub value: f64,
}

/// Everything under one `# TYPE`.
#[derive(Clone, Debug)]
pub struct Family {
    pub kind: String,
    pub samples: Vec<Sample>,
}

/// A whole scrape, by name of the family.
#[derive(Clone, Debug)]
pub struct Exposition(pub BTreeMap<String, Family>);

impl Exposition {
    /// Reads a scrape.
    #[track_caller]
    pub fn parse(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line ends");
        let (mut families, mut helps, mut series) = (BTreeMap::<String, Family>::new(), BTreeSet::new(), BTreeSet::new());
        let mut current = String::new();
        for line in text.lines().filter(|line| !line.is_empty()) {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').expect("a name and a help");
                assert!(!help.is_empty() && helps.insert(name.to_owned()), "one help: {line}");
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect("a name and a type");
                assert!(matches!(kind, "counter" | "gauge" | "histogram"), "{line}");
                name.clone_into(&mut current);
                let family = Family { kind: kind.to_owned(), samples: Vec::new() };
                assert!(families.insert(current.clone(), family).is_none(), "one type, and all samples under it: {line}");
            } else {
                assert!(series.insert(line.rsplit_once(' ').expect("a value").0.to_owned()), "a series twice: {line}");
                let sample = sample(line);
                let family = families.get_mut(&current).expect("the type comes first");
                let rest = sample.name.strip_prefix(&current).unwrap_or_else(|| panic!("{line} is under {current}"));
                let fits =
                    if family.kind == "histogram" { matches!(rest, "_bucket" | "_sum" | "_count") } else { rest.is_empty() };
                assert!(fits, "{line}");
                assert!(family.kind != "counter" || (current.ends_with("_total") && sample.value >= 0.0), "{line}");
                family.samples.push(sample);
            }
        }
        assert_eq!(helps, families.keys().cloned().collect(), "all have a help");
        families.values().filter(|family| family.kind == "histogram").for_each(histogram);
        Self(families)
    }

    /// The sum of the samples of this name that have these labels, `None` when there is none.
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> Option<f64> {
        let has = |sample: &Sample| labels.iter().all(|(key, value)| sample.labels.get(*key).is_some_and(|held| held == value));
        let samples = self.0.values().flat_map(|family| &family.samples);
        samples.filter(|sample| sample.name == name && has(sample)).map(|sample| sample.value).reduce(|sum, value| sum + value)
    }

    /// Every value of every label.
    pub fn label_values(&self) -> BTreeSet<&str> {
        let samples = self.0.values().flat_map(|family| &family.samples);
        let labels = samples.flat_map(|sample| &sample.labels);
        labels.filter(|(key, _)| *key != "le").map(|(_, value)| value.as_str()).collect()
    }
}

fn is_name(text: &str, may: impl Fn(char) -> bool) -> bool {
    !text.is_empty()
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || may(c))
}

#[track_caller]
fn sample(line: &str) -> Sample {
    let (series, value) = line.rsplit_once(' ').expect("a value");
    let value = if value == "+Inf" { f64::INFINITY } else { value.parse().unwrap_or_else(|_| panic!("a number: {line}")) };
    let (name, labels) = match series.split_once('{') {
        None => (series, ""),
        Some((name, labels)) => (name, labels.strip_suffix('}').expect("a closing brace")),
    };
    assert!(is_name(name, |c| matches!(c, '_' | ':')), "{line}");
    let mut read = BTreeMap::new();
    let mut rest = labels;
    while !rest.is_empty() {
        let (key, after) = rest.split_once("=\"").expect("a label");
        assert!(is_name(key, |c| c == '_'), "{line}");
        // None of our values needs an escape.
        let (value, after) = after.split_once('"').expect("a closing quote");
        assert!(!value.is_empty() && !value.contains('\\'), "{line}");
        assert!(read.insert(key.to_owned(), value.to_owned()).is_none(), "a label twice: {line}");
        rest = match after.strip_prefix(',') {
            Some(next) if !next.is_empty() => next,
            None if after.is_empty() => "",
            _ => panic!("a comma and a label, or the end: {line}"),
        };
    }
    Sample { name: name.to_owned(), labels: read, value }
}

/// Buckets rise, the last holds everything, and sum and count are there.
#[track_caller]
fn histogram(family: &Family) {
    let mut by_labels = BTreeMap::<_, (Vec<(f64, f64)>, Option<f64>, Option<f64>)>::new();
    for sample in &family.samples {
        let mut labels = sample.labels.clone();
        let end = labels.remove("le");
        let series = by_labels.entry(labels).or_default();
        match (sample.name.rsplit_once('_').expect("a suffix").1, end) {
            ("bucket", Some(end)) => {
                let end = if end == "+Inf" { f64::INFINITY } else { end.parse().expect("a number") };
                series.0.push((end, sample.value));
            }
            ("sum", None) => assert!(series.1.replace(sample.value).is_none()),
            ("count", None) => assert!(series.2.replace(sample.value).is_none()),
            _ => panic!("{sample:?}"),
        }
    }
    for (labels, (buckets, sum, count)) in by_labels {
        assert!(buckets.is_sorted_by(|one, next| one.0 < next.0 && one.1 <= next.1), "{labels:?} {buckets:?}");
        let last = buckets.last().expect("buckets");
        assert!(last.0.is_infinite() && Some(last.1) == count && sum.is_some_and(|sum| sum >= 0.0), "{labels:?}");
    }
}
