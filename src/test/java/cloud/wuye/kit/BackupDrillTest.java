package cloud.wuye.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The drill of docs/how-to/backup.md with its own commands: a base backup while money and readings are written, the server
 * killed, its data deleted, and everything counted after the restore.
 */
class BackupDrillTest {
    private static final UUID HAITANG = UUID.randomUUID();
    private static final UUID LANTING = UUID.randomUUID();

    /** Top-ups in cash, and readings, of one company. */
    private static final String WRITE =
            """
            with n as (select gen_random_uuid() as id, gen_random_uuid() as subject, i from generate_series(1, 40) i),
            entry as (
              insert into journal_entry (id, tenant_id, occurred_at, posted_at, digest, line_count, source_type, source_id, kind)
              select id, current_setting('app.tenant')::uuid, now(), now(), id, 2, 'DRILL', id::text, 'TOPUP' from n),
            line as materialized (
              select id, 1 as no, 'CASH_DESK' as account, '00000000-0000-0000-0000-000000000000'::uuid as subject, 10.01 * i as amount from n
              union all select id, 2, 'CUSTOMER_CREDIT', subject, -10.01 * i from n),
            written as (
              insert into journal_line (tenant_id, entry_id, no, account, subject, amount, posted_at)
              select current_setting('app.tenant')::uuid, id, no, account, subject, amount, now() from line),
            balanced as (
              insert into ledger_balance as b (tenant_id, account, subject, stripe, amount)
              select current_setting('app.tenant')::uuid, account, subject, 0, sum(amount) from line group by account, subject
              on conflict (tenant_id, account, subject, stripe) do update set amount = b.amount + excluded.amount)
            insert into meter_reading (tenant_id, device_id, event_id, read_at, received_at, value, register, source, quality)
            select current_setting('app.tenant')::uuid, subject, id, now(), now(), 3.25 * i, 'TOTAL', 'TELEMETRY', 'VALID' from n
            """;

    private static final String COUNT =
            """
            select concat_ws(' ',
              (select concat_ws('/', count(*), sum(amount) filter (where amount > 0), sum(amount)) from journal_line),
              (select concat_ws('/', count(*), sum(amount) filter (where amount > 0), sum(amount)) from ledger_balance),
              (select concat_ws('/', count(*), sum(value)) from meter_reading),
              (select count(*) from pg_policies), (select count(*) from flyway_schema_history))
            """;

    private final Path home = Path.of("target", "backup-drill").toAbsolutePath();
    private final Path archive = home.resolve("archive");
    private final List<EmbeddedPostgres> servers = new ArrayList<>();
    private Secrets secrets;

    @BeforeEach
    void emptyFolder() throws IOException {
        Folders.delete(home);
        Folders.makePassable(home);
        secrets = new Secrets(home);
        Files.createDirectory(archive);
        // The server may run as another user than the test.
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    @AfterEach
    void end() {
        servers.forEach(EmbeddedPostgres::stop);
        Folders.delete(home);
    }

    @Test
    void whatWasCommittedAndArchivedComesBackAndTheFencesWithIt() throws Exception {
        EmbeddedPostgres server = server("first");
        server.start();
        migrate(server);
        BackupPage page = page("first", "unused", "");
        write(server, HAITANG);
        try (Connection superuser = login(server, "postgres", server.superuserPassword())) {
            page.sql("archive", superuser);
        }
        server.stop();
        server.start();

        // One transaction spans the whole backup: its rows are in the copied files or not, and count all the same.
        try (Connection meanwhile = app(server, LANTING);
                Connection superuser = login(server, "postgres", server.superuserPassword())) {
            meanwhile.setAutoCommit(false);
            write(meanwhile);
            page.sql("backup", superuser);
            meanwhile.commit();
        }
        assertTrue(Files.readString(home.resolve("backup/backup_label")).startsWith("START WAL LOCATION"));
        write(server, HAITANG);
        String atNoon = count(server);
        String noon = one(server, "select clock_timestamp()::text");
        write(server, LANTING);
        String atTheEnd = count(server);
        assertNotEquals(atNoon, atTheEnd);
        awaitArchived(server);

        server.kill();
        Folders.delete(home.resolve("first"));

        EmbeddedPostgres end = restore("end", "");
        assertEquals(atTheEnd, count(end));
        assertWhole(end);
        EmbeddedPostgres point = restore("point", noon);
        assertEquals(atNoon, count(point));
        assertWhole(point);
    }

    private EmbeddedPostgres restore(String name, String until) throws Exception {
        Folders.makePassable(home.resolve(name));
        BackupPage page = page("first", name, until);
        page.sh("restore");
        if (!until.isEmpty()) {
            page.sh("until");
        }
        EmbeddedPostgres server = server(name);
        server.start();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> one(server, "select pg_is_in_recovery()")
                .equals("f"));
        return server;
    }

    /** The books balance, the fences stand, and each company sees its own. */
    private void assertWhole(EmbeddedPostgres server) throws Exception {
        BackupPage page = page("first", "unused", "");
        try (Connection cross = login(server, "wuye_cross", server.password("cross"));
                Connection superuser = login(server, "postgres", server.superuserPassword())) {
            assertEquals(List.of(), page.sql("check", cross));
            assertEquals(List.of(), page.sql("fences", superuser));
        }
        int all = 0;
        for (UUID company : List.of(HAITANG, LANTING)) {
            try (Connection app = app(server, company)) {
                int own = Integer.parseInt(one(app, "select count(*) from meter_reading"));
                assertEquals(
                        own + "", one(app, "select count(*) from meter_reading where tenant_id = '" + company + "'"));
                assertTrue(own > 0);
                all += own;
                SQLException refused = assertThrows(
                        SQLException.class, () -> one(app, "update journal_line set amount = amount + 1 returning 1"));
                assertEquals("42501", refused.getSQLState());
                assertThrows(
                        SQLException.class, () -> one(app, "set row_security = off; select id from journal_entry"));
            }
        }
        assertEquals(all + "", one(server, "select count(*) from meter_reading"));
        try (Connection nobody = login(server, "wuye_app", server.password("app"))) {
            assertEquals("0", one(nobody, "select count(*) from meter_reading"));
        }
        // The check itself must be able to fail.
        try (Connection superuser = login(server, "postgres", server.superuserPassword());
                Statement statement = superuser.createStatement()) {
            statement.execute("alter table meter_reading no force row level security");
            assertFalse(page.sql("fences", superuser).isEmpty());
            statement.execute("update ledger_balance set amount = amount + 0.01");
            assertFalse(page.sql("check", superuser).isEmpty());
        }
    }

    private BackupPage page(String from, String to, String until) throws IOException {
        Map<String, String> folders = new LinkedHashMap<>();
        folders.put("/var/lib/wuye-archive", archive.toString());
        folders.put("/var/lib/wuye-backup", home.resolve("backup").toString());
        folders.put(
                "/var/lib/postgresql/data", home.resolve(from).resolve("data").toString());
        folders.put(
                "/var/lib/postgresql/restored", home.resolve(to).resolve("data").toString());
        folders.put("2026-11-27 03:00:00+00", until);
        return new BackupPage(folders);
    }

    private EmbeddedPostgres server(String name) {
        EmbeddedPostgres server = new EmbeddedPostgres(home.resolve(name), 0, true, secrets);
        servers.add(server);
        return server;
    }

    private static void migrate(EmbeddedPostgres server) {
        Flyway.configure()
                .dataSource(url(server), "wuye_owner", server.password("owner"))
                .locations("db/migration")
                .load()
                .migrate();
    }

    private static void awaitArchived(EmbeddedPostgres server) throws SQLException {
        String last = one(server, "select pg_walfile_name(pg_switch_wal())");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        last.compareTo(one(server, "select coalesce(max(last_archived_wal), '') from pg_stat_archiver"))
                                <= 0);
    }

    private static void write(EmbeddedPostgres server, UUID company) throws SQLException {
        try (Connection app = app(server, company)) {
            write(app);
        }
    }

    private static void write(Connection app) throws SQLException {
        try (PreparedStatement write = app.prepareStatement(WRITE)) {
            assertEquals(40, write.executeUpdate());
        }
    }

    private static String count(EmbeddedPostgres server) throws SQLException {
        return one(server, COUNT);
    }

    private static Connection app(EmbeddedPostgres server, UUID company) throws SQLException {
        Connection app = login(server, "wuye_app", server.password("app"));
        try (Statement statement = app.createStatement()) {
            statement.execute("set app.tenant = '" + company + "'");
        }
        return app;
    }

    private static String one(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection superuser = login(server, "postgres", server.superuserPassword())) {
            return one(superuser, sql);
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows && statement.getUpdateCount() >= 0) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    private static Connection login(EmbeddedPostgres server, String user, String password) throws SQLException {
        return DriverManager.getConnection(url(server), user, password);
    }

    private static String url(EmbeddedPostgres server) {
        return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + EmbeddedPostgres.DATABASE;
    }
}
