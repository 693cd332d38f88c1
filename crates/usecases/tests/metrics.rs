use usecases::metrics::{ALL, Kind};

/// The rows of the table that begin with a metric: name, type, labels.
fn documented() -> Vec<(String, String, Vec<String>)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/metrics.md");
    let text = std::fs::read_to_string(path).expect("the document is there");
    let spans = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let rows = text.lines().filter(|line| line.starts_with("| `salon_"));
    rows.map(|row| {
        let cells: Vec<&str> = row.split(" | ").collect();
        assert!(cells.len() == 4 && cells[3].len() > 4, "{row}");
        (spans(cells[0]).remove(0), cells[1].to_owned(), spans(cells[2]))
    })
    .collect()
}

#[test]
fn the_document_has_every_metric_with_its_type_and_labels() {
    let kind = |kind| match kind {
        Kind::Counter => "counter",
        Kind::Gauge => "gauge",
        Kind::Histogram(_) => "histogram",
    };
    let labels = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let table: Vec<_> = ALL.iter().map(|m| (m.name.to_owned(), kind(m.kind).to_owned(), labels(m.labels))).collect();
    assert_eq!(documented(), table);
}

#[test]
fn alerts_speak_of_metrics_that_there_are() {
    let text = include_str!("../../../docs/metrics.md");
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| word.starts_with("salon_"));
    for word in words {
        let is_one = |metric: &usecases::metrics::Metric| match metric.kind {
            Kind::Histogram(_) => ["", "_bucket", "_sum", "_count"].iter().any(|end| word == format!("{}{end}", metric.name)),
            _ => word == metric.name,
        };
        assert!(ALL.iter().any(is_one), "{word}");
    }
}

#[test]
fn names_say_what_they_are() {
    for metric in ALL {
        assert!(metric.name.starts_with("salon_") && metric.help.ends_with('.'), "{}", metric.name);
        assert_eq!(metric.kind == Kind::Counter, metric.name.ends_with("_total"), "{}", metric.name);
        assert!(metric.labels.is_sorted(), "{}", metric.name);
        if let Kind::Histogram(buckets) = metric.kind {
            assert!(metric.name.ends_with("_seconds") && buckets.is_sorted_by(|one, next| one < next), "{}", metric.name);
        }
    }
}
