//! Prints the plan of every statement on the way of a request on a `PostgreSQL` with as many people as the argument says (a million
//! unless told otherwise). `cargo xtask plans` runs it.

use store::{plans, testing};

#[tokio::main]
async fn main() {
    let people: u32 = std::env::args().nth(1).map_or(1_000_000, |text| text.parse().expect("a number of people"));
    testing::on_postgres(move |scratch| async move {
        plans::fill(&scratch.url, people).await.expect("fills");
        for (statement, plan) in plans::explain(&scratch.url).await.expect("explains") {
            println!("### {}\n\n```\n{plan}\n```\n", statement.name);
        }
    })
    .await;
}
