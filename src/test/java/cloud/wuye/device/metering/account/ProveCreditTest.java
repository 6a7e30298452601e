package cloud.wuye.device.metering.account;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.ledger.ProveLedger;
import cloud.wuye.payment.order.ProveSuspense;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Credit and suspense held against what they are made of; what is wrong is falsified here, found, shown and left as it is. */
@QuarkusTest
class ProveCreditTest {
    @Inject
    TestDevices tables;

    @Inject
    TestAccounts accounts;

    @Inject
    PostpaidMeters meters;

    @Inject
    TestCredits credits;

    @Inject
    TestOrders orders;

    @Inject
    ProveCredit prove;

    @Inject
    ProveSuspense suspense;

    @Inject
    ProveLedger ledger;

    @Inject
    MeterRegistry metrics;

    @Inject
    Clock clock;

    private TestTenant company;

    @BeforeEach
    void company() {
        company = TestTenants.fresh();
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    @Test
    void creditThatIsNotWhatMovedItIsFoundShownAndNotMended() throws Throwable {
        UUID money = prepaid(Terms.usual());
        UUID quantity = prepaid(Terms.usual().inQuantity());
        UUID billed = meters.meter(company, Commodity.ELECTRICITY);
        meters.open(company, billed, Commodity.ELECTRICITY, plan(), BillingMode.POSTPAID);
        for (UUID meter : List.of(money, quantity, billed)) {
            meters.read(company, meter, clock.now().minus(Duration.ofMinutes(20)), "0");
            meters.read(company, meter, clock.now().minus(Duration.ofMinutes(10)), "3");
            // Charged anew by what comes late.
            meters.read(company, meter, clock.now().minus(Duration.ofMinutes(15)), "1");
            meters.rerate(company, meter);
        }
        assertEquals("8.2", accounts.credit(company, money));
        assertEquals("7", accounts.credit(company, quantity));
        proven();
        assertEquals(List.of(), proof().getList("differences"), "whatever is right agrees");

        tables.run("UPDATE meter_balance SET credit = credit + 0.01 WHERE point_id = ?", money);
        later();
        proven();
        JsonPath found = proof();
        assertEquals(List.of("METER_CREDIT"), found.getList("differences.cache"));
        assertEquals(List.of("CUSTOMER_CREDIT"), found.getList("differences.kind"));
        assertEquals(money.toString(), found.getString("differences[0].subjectId"));
        assertEquals("8.210000", found.getString("differences[0].cached"));
        assertEquals("8.200000", found.getString("differences[0].summed"));
        assertTrue(metrics.get("wuye.ledger.differences").gauge().value() >= 1);
        assertEquals("8.21", accounts.credit(company, money), "not mended");
        later();
        proven();
        assertEquals(
                found.getString("differences[0].id"), proof().getString("differences[0].id"), "the same one stands");

        tables.run("UPDATE meter_balance SET credit = credit - 0.01 WHERE point_id = ?", money);
        later();
        proven();
        assertEquals(List.of(), proof().getList("differences"));
    }

    @Test
    void suspenseThatIsNotWhatItsItemsAreIsFoundShownAndNotMended() throws Throwable {
        UUID item = orders.inSuspense(company, "S-" + company.code());
        orders.inSuspense(company, "T-" + company.code());
        proven();
        assertEquals(List.of(), proof().getList("differences"));
        tables.run("UPDATE suspense_item SET fen = fen + 1 WHERE id = ?", item);
        proven();
        JsonPath found = proof();
        assertEquals(List.of("SUSPENSE_ITEMS"), found.getList("differences.cache"));
        assertEquals("-14.010000", found.getString("differences[0].cached"));
        assertEquals("-14.000000", found.getString("differences[0].summed"));
        tables.run("UPDATE suspense_item SET fen = fen - 1 WHERE id = ?", item);
        proven();
        assertEquals(List.of(), proof().getList("differences"));
    }

    /** Ten of its unit, at 0.60. */
    private UUID prepaid(Terms terms) {
        UUID meter = meters.meter(company, Commodity.ELECTRICITY);
        Instant now = clock.now();
        clock.set(now.minus(Duration.ofHours(1)));
        accounts.open(
                company, meter, Commodity.ELECTRICITY, accounts.plan(company, Commodity.ELECTRICITY, "0.6"), terms);
        clock.reset();
        credits.topUp(company.id(), meter, null);
        return meter;
    }

    private UUID plan() {
        return UUID.fromString(accounts.plan(company, Commodity.ELECTRICITY, "0.6"));
    }

    private void later() {
        ahead = ahead.plus(Duration.ofHours(25));
        clock.shift(ahead);
    }

    private Duration ahead = Duration.ZERO;

    /** The ledger's own proof runs too, and must leave what others found alone. */
    private void proven() throws Throwable {
        int round;
        do {
            round = subscribeAndAwait(prove::now);
        } while (round > 0);
        subscribeAndAwait(suspense::now);
        subscribeAndAwait(ledger::now);
    }

    private JsonPath proof() {
        return Graph.as(company.finance())
                .ask("{p:ledgerProof{differences{id cache kind subjectId cached summed}}}")
                .setRootPath("data.p");
    }
}
