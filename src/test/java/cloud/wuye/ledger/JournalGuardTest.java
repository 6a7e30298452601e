package cloud.wuye.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cloud.wuye.platform.Ids;
import cloud.wuye.testing.KitServers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the database itself refuses, whatever statement somebody comes with. */
class JournalGuardTest {
    private static final KitServers KIT = KitServers.shared();
    private static final UUID TENANT = Ids.next();
    private static final UUID METER = Ids.next();
    private static LedgerDatabase database;
    private static UUID posted;

    @BeforeAll
    static void open() {
        database = new LedgerDatabase();
        posted = database.post(List.of(Facts.paid(TENANT, METER, "1", "50")))
                .get(0)
                .entryId();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                // does not sum to zero
                "2: BANK 1, CASH_DESK -0.99",
                // units do not pay for each other
                "2: BANK 1, ENERGY_SOLD -1",
                "2: ENERGY_SOLD 1, WATER_SOLD -1",
                // lines lack, or are more than the entry says
                "3: BANK 1, CASH_DESK -1",
                "2: BANK 1, CASH_DESK -1, SUSPENSE 1, BANK -1",
                "2: "
            })
    void anEntryThatIsNotWholeIsRefused(String entry) {
        assertEquals("23514", refused("cross", entry(Ids.next(), entry)));
        assertEquals("23514", refused("app", entry(Ids.next(), entry)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "1: BANK 1",
                "2: BANK 0, CASH_DESK 0",
                "2: BANK 0.001, CASH_DESK -0.001",
                "2: ENERGY_SOLD 0.00001, ENERGY_USED -0.00001",
                "2: CUSTOMER_CREDIT 1, BANK -1",
                "2: PETTY_CASH 1, BANK -1"
            })
    void aLineThatIsNoLineIsRefused(String entry) {
        assertEquals("23514", refused("cross", entry(Ids.next(), entry)));
    }

    @Test
    void aWholeEntryIsTaken() throws SQLException {
        run("cross", entry(Ids.next(), "2: BANK 1, CASH_DESK -1"));
    }

    @Test
    void linesThatComeLaterAreRefused() {
        String later =
                "INSERT INTO journal_line (tenant_id, entry_id, no, account, subject, amount, posted_at) VALUES ";
        String line =
                "('" + TENANT + "', '" + posted + "', %d, 'BANK', '" + Account.COMPANY + "', %d, '" + postedAt() + "')";
        assertEquals("23514", refused("cross", later + line.formatted(4, 1) + ", " + line.formatted(5, -1)));
        assertEquals("23505", refused("cross", later + line.formatted(1, 1) + ", " + line.formatted(2, -1)));
        assertEquals(
                "23514",
                refused(
                        "cross",
                        later
                                + line.replace(posted.toString(), Ids.next().toString())
                                        .formatted(1, 1)));
    }

    @Test
    void anEntryWhoseLinesComeInTheNextStatementIsRefused() {
        String whole = entry(Ids.next(), "2: BANK 1, CASH_DESK -1");
        assertEquals("23514", refused("cross", whole.substring(whole.indexOf("INSERT"), whole.indexOf(" RETURNING"))));
    }

    @Test
    void aReversalThatUndoesSomethingElseIsRefused() {
        String reversal = entry(Ids.next(), "2: BANK 1, CASH_DESK -1").replace("NULL", "'" + posted + "'");
        assertEquals("23514", refused("cross", reversal));
        String ofNothing = entry(Ids.next(), "2: BANK 1, CASH_DESK -1").replace("NULL", "'" + Ids.next() + "'");
        assertEquals("23503", refused("cross", ofNothing));
    }

    @ParameterizedTest(name = "{1} by {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "cross|UPDATE journal_line SET amount = amount",
                "cross|UPDATE journal_entry SET memo = 'other'",
                "cross|DELETE FROM journal_line",
                "cross|DELETE FROM journal_entry",
                "cross|TRUNCATE journal_line",
                "cross|DELETE FROM ledger_balance",
                "app|UPDATE journal_line SET amount = amount",
                "app|UPDATE journal_entry SET memo = 'other'",
                "app|DELETE FROM journal_line",
                "app|DELETE FROM journal_entry",
                "app|TRUNCATE journal_entry",
                "app|ALTER TABLE journal_line DISABLE TRIGGER ALL",
                "owner|UPDATE journal_line SET amount = amount",
                "owner|UPDATE journal_entry SET memo = 'other'",
                "owner|DELETE FROM journal_line",
                "owner|DELETE FROM journal_entry",
                "owner|TRUNCATE journal_line, journal_entry"
            })
    void whatIsWrittenStays(String role, String attempt) {
        assertEquals("42501", refused(role, attempt));
    }

    /** The kinds are written down twice, here and in the migration. */
    @ParameterizedTest
    @EnumSource
    void theDatabaseKnowsEachKind(AccountKind kind) throws SQLException {
        assertEquals(
                kind.unit() + " " + kind.decimals() + " " + kind.hasSubject(),
                run(
                        "cross",
                        "SELECT ledger_unit('%1$s') || ' ' || ledger_decimals('%1$s') || ' ' || ledger_has_subject('%1$s')"
                                .formatted(kind)));
        String subject = kind.hasSubject() ? METER.toString() : Account.COMPANY.toString();
        String other = kind.unit() == LedgerUnit.CNY
                ? kind == AccountKind.BANK ? "CASH_DESK" : "BANK"
                : kind.unit() == LedgerUnit.KWH
                        ? kind == AccountKind.ENERGY_SOLD ? "ENERGY_USED" : "ENERGY_SOLD"
                        : kind == AccountKind.WATER_SOLD ? "WATER_USED" : "WATER_SOLD";
        run("cross", entry(Ids.next(), "2: " + kind + "@" + subject + " 1, " + other + " -1"));
    }

    /** One statement that makes an entry: how many lines it says it has, and the lines it gets. */
    private static String entry(UUID id, String described) {
        String count = described.substring(0, described.indexOf(':'));
        StringBuilder sql = new StringBuilder(
                        "WITH e AS (INSERT INTO journal_entry (tenant_id, id, source_type, source_id,"
                                + " kind, occurred_at, posted_at, reverses, digest, line_count) VALUES ('")
                .append(TENANT)
                .append("', '")
                .append(id)
                .append("', 'test', '")
                .append(id)
                .append("', 'made', now(), now(), NULL, gen_random_uuid(), ")
                .append(count)
                .append(") RETURNING id) ");
        String lines = described.substring(described.indexOf(':') + 1).trim();
        if (lines.isEmpty()) {
            return sql + "SELECT id FROM e";
        }
        sql.append("INSERT INTO journal_line (tenant_id, entry_id, no, account, subject, amount, posted_at) VALUES ");
        int no = 0;
        for (String line : lines.split(", ")) {
            String[] words = line.split("[@ ]");
            sql.append(no == 0 ? "" : ", ")
                    .append("('")
                    .append(TENANT)
                    .append("', '")
                    .append(id)
                    .append("', ")
                    .append(++no)
                    .append(", '")
                    .append(words[0])
                    .append("', '")
                    .append(words.length == 3 ? words[1] : Account.COMPANY)
                    .append("', ")
                    .append(new BigDecimal(words[words.length - 1]))
                    .append(", now())");
        }
        return sql.toString();
    }

    private static String postedAt() {
        return database.query(
                        "SELECT posted_at::text FROM journal_entry WHERE id = $1",
                        io.vertx.mutiny.sqlclient.Tuple.of(posted),
                        row -> row.getString(0))
                .get(0);
    }

    private static String refused(String role, String sql) {
        return assertThrows(SQLException.class, () -> run(role, sql), sql).getSQLState();
    }

    private static String run(String role, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        KIT.jdbcUrl(database.name), "wuye_" + role, KIT.fact("postgres." + role + ".password"));
                Statement statement = connection.createStatement()) {
            statement.execute("SET app.tenant = '" + TENANT + "'");
            if (!statement.execute(sql)) {
                return null;
            }
            try (ResultSet result = statement.getResultSet()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }
}
