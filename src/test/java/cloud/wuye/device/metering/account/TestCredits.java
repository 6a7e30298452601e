package cloud.wuye.device.metering.account;

import cloud.wuye.ledger.Source;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.testing.Work;
import io.quarkus.arc.Unremovable;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.UUID;

/** Credit without an order, for tests of what is done with it. */
@Unremovable
@ApplicationScoped
public class TestCredits {
    private final Db db;
    private final Credits credits;

    TestCredits(Db db, Credits credits) {
        this.db = db;
        this.credits = credits;
    }

    /** Ten of the account's unit. */
    public void topUp(UUID tenant, UUID point, String note) {
        Work.run(db.forTenantSql(
                tenant,
                tx -> credits.move(
                        tx,
                        new Credits.Wanted(
                                tenant,
                                point,
                                CreditMoveKind.TOP_UP,
                                BigDecimal.TEN,
                                1000,
                                new Source("test", Ids.next().toString(), "top-up"),
                                Caller.system(tenant),
                                note))));
    }
}
