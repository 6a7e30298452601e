package cloud.wuye.architecture;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.db.Db;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every table is fenced; what is not stands here by name with its reason. */
@QuarkusTest
class MigrationRulesTest {
    /** Quartz, Flyway and the log of job runs are the platform's own books, without rows of any tenant. */
    private static final String NOT_OURS = "(relname like 'qrtz%' or relname in ('flyway_schema_history', 'job_run'))";

    /** Unique across tenants on purpose. */
    private static final Set<String> GLOBAL_KEYS = Set.of(
            // A code is a realm's name and a topic's segment, an issuer names one company, a uid is an MQTT user name.
            "tenant_code_key",
            "tenant_issuer_key",
            "device_uid_key",
            // Stands in an address on the internet and names one company.
            "payment_channel_notice_token_key");

    @Inject
    Db db;

    @Test
    void everyTableHasATenantAndAForcedPolicyForEachRole() throws Throwable {
        assertEquals(
                List.of(),
                names(
                        """
                select relname from pg_class c where relkind in ('r','p') and relnamespace = 'public'::regnamespace
                  and not %s and not (
                    relrowsecurity and relforcerowsecurity
                    and (relispartition or exists (select 1 from pg_attribute a where a.attrelid = c.oid
                                                   and a.attname in ('tenant_id') and a.attnotnull))
                    and (select count(distinct r.rolname) from pg_policy p join pg_roles r on r.oid = any(p.polroles)
                         where p.polrelid = c.oid and r.rolname in ('wuye_app', 'wuye_cross')) = 2)
                order by 1"""
                                .formatted(NOT_OURS)));
    }

    @Test
    void uniqueKeysBeginWithTheTenant() throws Throwable {
        List<String> loose = new ArrayList<>(names(
                """
                select i.relname from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
                where x.indisunique and not x.indisprimary and c.relnamespace = 'public'::regnamespace
                  and not (%s) and not exists (select 1 from pg_attribute a where a.attrelid = c.oid
                      and a.attnum = x.indkey[0] and a.attname in ('tenant_id'))
                order by 1"""
                        .formatted(NOT_OURS.replace("relname", "c.relname"))));
        loose.removeAll(GLOBAL_KEYS);
        assertEquals(List.of(), loose);
    }

    @Test
    void theServicesRolesOwnNothingAndCannotBypassTheFence() throws Throwable {
        assertEquals(
                List.of(),
                names(
                        """
                select rolname from pg_roles where rolname in ('wuye_app', 'wuye_cross', 'wuye_owner')
                  and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)"""));
        assertEquals(
                List.of(),
                names(
                        """
                select relname from pg_class c join pg_roles r on r.oid = c.relowner
                where r.rolname in ('wuye_app', 'wuye_cross')"""));
    }

    private List<String> names(String sql) throws Throwable {
        return subscribeAndAwait(() -> db.acrossTenants(
                "test", connection -> connection.query(sql).execute().map(rows -> {
                    List<String> found = new ArrayList<>();
                    rows.forEach(row -> found.add(row.getString(0)));
                    return found;
                })));
    }
}
