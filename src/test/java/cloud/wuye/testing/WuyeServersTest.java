package cloud.wuye.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = WuyeServers.class, scope = TestResourceScope.GLOBAL)
class WuyeServersTest {
    @Inject
    Db db;

    @Test
    void serviceRunsOnAMigratedDatabaseOfItsOwn() throws Throwable {
        String where = VertxContextSupport.subscribeAndAwait(() -> db.acrossTenants(
                "test", sql -> sql.query("select current_user || '@' || current_database() from audit_entry right join"
                                + " (select 1) one on true limit 1")
                        .execute()
                        .map(rows -> rows.iterator().next().getString(0))));
        assertTrue(where.startsWith("wuye_cross@test_"), where);
        assertEquals("wuye_cross", where.substring(0, where.indexOf('@')));
    }
}
