//! Certificates for a test cluster, made anew for each.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use crate::{apt, process};

/// Names only the address, not `localhost`: so a test can ask for a name that is not in it.
const EXTENSIONS: &str = "[req]
distinguished_name = name
prompt = no
[name]
CN = Salon test authority
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[server]
basicConstraints = critical, CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1
";

/// Files of one server.
pub struct Certificates {
    /// Who signed it. Beside it lies `other-ca.pem`, who did not.
    pub authority: PathBuf,
    pub server: PathBuf,
    pub key: PathBuf,
}

impl Certificates {
    /// Writes them into `dir`. `as_user` gives a command of that name, run by the owner of the files: PostgreSQL refuses a key that
    /// is somebody else's.
    pub fn make(dir: &Path, as_user: impl Fn(&Path) -> Command) -> Result<Self> {
        let openssl = apt::ensure("openssl", &["openssl"], || process::which("openssl"))?;
        fs::write(dir.join("openssl.cnf"), EXTENSIONS)?;
        let run = |arguments: &str| -> Result<()> {
            let mut cmd = as_user(&openssl);
            cmd.args(arguments.split(' ')).current_dir(dir).stdout(Stdio::null()).stderr(Stdio::null());
            process::run(&mut cmd).context("openssl could not make the certificates of the test cluster")
        };
        let new_key = "-config openssl.cnf -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256";
        for name in ["ca", "other-ca"] {
            run(&format!("req -x509 {new_key} -extensions authority -days 2 -keyout {name}.key -out {name}.pem"))?;
        }
        run(&format!("req -new {new_key} -subj /CN=postgres -keyout server.key -out server.csr"))?;
        run("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -sha256 -days 2 -extfile openssl.cnf \
             -extensions server -out server.pem")?;
        Ok(Self { authority: dir.join("ca.pem"), server: dir.join("server.pem"), key: dir.join("server.key") })
    }
}
