package cloud.wuye.identity.staff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is to stop being a manager does not count as one who stays, whatever else is changed about them meanwhile. */
@QuarkusTest
class SteppingDownTest {
    @Inject
    Db db;

    private TestTenant company;
    private StaffMember one;
    private StaffMember other;

    @BeforeEach
    void twoManagers() throws Throwable {
        company = TestTenants.fresh();
        one = manager("one");
        other = manager("other");
        assertEquals(true, in(staff -> staff.add(company.id(), one)));
        assertEquals(true, in(staff -> staff.add(company.id(), other)));
    }

    @Test
    void theRoleGivenAgainMeanwhileLeavesTheOtherTheLast() throws Throwable {
        assertEquals(true, in(staff -> staff.stepDown(company.id(), one.id())));
        StaffMember same = one.withRoles(Set.of(StaffRole.MANAGER, StaffRole.FINANCE));
        save(one, same);
        assertEquals(true, steppingDown());
        assertEquals(false, in(staff -> staff.stepDown(company.id(), other.id())));

        save(same, same.disabled());
        assertEquals(false, steppingDown());
    }

    @Test
    void whoIsMadeAManagerAgainStays() throws Throwable {
        assertEquals(true, in(staff -> staff.stepDown(company.id(), one.id())));
        StaffMember gone = one.withRoles(Set.of(StaffRole.FINANCE));
        save(one, gone);
        save(gone, one);
        assertEquals(true, in(staff -> staff.stepDown(company.id(), other.id())));
    }

    private void save(StaffMember before, StaffMember after) throws Throwable {
        assertEquals(true, in(staff -> staff.save(before, after).replaceWith(true)));
    }

    private boolean steppingDown() throws Throwable {
        return subscribeAndAwait(() ->
                db.forTenantSql(company.id(), sql -> sql.preparedQuery("SELECT stepping_down FROM staff WHERE id = $1")
                        .execute(Tuple.of(one.id()))
                        .map(rows -> rows.iterator().next().getBoolean(0))));
    }

    private <T> T in(Function<Staff, Uni<T>> work) throws Throwable {
        return subscribeAndAwait(() -> db.forTenantSql(company.id(), sql -> work.apply(new Staff(sql))));
    }

    private static StaffMember manager(String username) {
        return new StaffMember(
                Ids.next(),
                username,
                username,
                null,
                null,
                Set.of(StaffRole.MANAGER),
                username,
                StaffStatus.ACTIVE,
                Instant.parse("2026-11-20T00:00:00Z"));
    }
}
