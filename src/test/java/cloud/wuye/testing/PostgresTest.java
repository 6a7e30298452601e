package cloud.wuye.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresTest {
    private static final String DATABASE = "roles";
    private static final KitServers KIT = KitServers.shared();

    @BeforeAll
    static void fencedTable() throws SQLException {
        KIT.createDatabase(DATABASE);
        try (Connection owner = login("owner");
                Statement statement = owner.createStatement()) {
            statement.execute(
                    """
                    create table house (tenant_id text not null, name text);
                    alter table house enable row level security;
                    alter table house force row level security;
                    create policy fence on house to wuye_app
                      using (tenant_id = nullif(current_setting('app.tenant', true), ''));
                    grant select, insert on house to wuye_app;
                    """);
        }
    }

    @AfterAll
    static void drop() {
        KIT.dropDatabase(DATABASE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "app", "cross"})
    void roleLogsInWithItsPasswordOnly(String role) throws SQLException {
        try (Connection connection = login(role)) {
            assertEquals("wuye_" + role, one(connection, "select current_user::text"));
        }
        SQLException refused = assertThrows(
                SQLException.class, () -> DriverManager.getConnection(KIT.jdbcUrl(DATABASE), "wuye_" + role, "wrong"));
        assertEquals("28P01", refused.getSQLState());
    }

    @ParameterizedTest
    @ValueSource(strings = {"owner", "app", "cross"})
    void roleHasNoPowerOverTheFence(String role) throws SQLException {
        try (Connection connection = login(role)) {
            assertEquals(
                    "f",
                    one(
                            connection,
                            "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication"
                                    + " from pg_roles where rolname = current_user"));
            // row_security=off is the asking: a role that may not bypass gets an error instead of all rows.
            assertThrows(SQLException.class, () -> one(connection, "set row_security = off; select name from house"));
        }
    }

    @Test
    void applicationRoleSeesAndWritesOneTenantOnly() throws SQLException {
        try (Connection app = login("app");
                Statement statement = app.createStatement()) {
            statement.execute("set app.tenant = 'a'; insert into house values ('a', 'one')");
            assertEquals("1", one(app, "select count(*) from house"));
            assertThrows(SQLException.class, () -> statement.execute("insert into house values ('b', 'two')"));
            statement.execute("set app.tenant = 'b'");
            assertEquals("0", one(app, "select count(*) from house"));
            statement.execute("reset app.tenant");
            assertEquals("0", one(app, "select count(*) from house"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set role wuye_owner",
                "set role wuye_cross",
                "set session authorization wuye_owner",
                "alter table house no force row level security",
                "alter table house disable row level security",
                "drop policy fence on house",
                "create table mine (a int)",
                "create temporary table mine (a int)",
                "alter role wuye_app bypassrls",
                "create role another bypassrls"
            })
    void applicationRoleCannotClimbTheFence(String attempt) throws SQLException {
        try (Connection app = login("app");
                Statement statement = app.createStatement()) {
            SQLException refused = assertThrows(SQLException.class, () -> statement.execute(attempt));
            assertEquals("42501", refused.getSQLState(), refused.getMessage());
        }
    }

    @Test
    void dataSurvivesAStopAndAPowerCut() throws SQLException {
        try (Connection owner = login("owner");
                Statement statement = owner.createStatement()) {
            statement.execute("create table kept (a int); insert into kept values (7)");
        }
        KIT.stopPostgres();
        assertThrows(SQLException.class, () -> login("owner"));
        KIT.startPostgres();
        KIT.killPostgres();
        KIT.startPostgres();
        try (Connection owner = login("owner")) {
            assertEquals("7", one(owner, "select a from kept"));
        }
    }

    @Test
    void rolesCanBeMadeAgain() {
        KIT.createDatabase("roles_again");
        KIT.dropDatabase("roles_again");
        assertTrue(KIT.fact("postgres.port").matches("\\d+"));
    }

    private static Connection login(String role) throws SQLException {
        return DriverManager.getConnection(
                KIT.jdbcUrl(DATABASE), "wuye_" + role, KIT.fact("postgres." + role + ".password"));
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
}
