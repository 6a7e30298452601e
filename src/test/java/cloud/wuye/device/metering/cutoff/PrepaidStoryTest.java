package cloud.wuye.device.metering.cutoff;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.command.SendCommands;
import cloud.wuye.device.command.TestMeter;
import cloud.wuye.device.inbox.OpenDoor;
import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.account.TestAccounts;
import cloud.wuye.device.metering.account.TestAccounts.Terms;
import cloud.wuye.device.supply.ReconcileAll;
import cloud.wuye.device.supply.SupplyHolds;
import cloud.wuye.holiday.HolidayCalendars;
import cloud.wuye.payment.order.OrdersUnderWay;
import cloud.wuye.payment.order.PayingCompany;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.Commodity;
import cloud.wuye.tenant.TenantRegistry;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A night and a morning of a prepaid meter on the real broker, paid for through the simulated channel. */
@QuarkusTest
@ExtendWith(OpenDoor.class)
class PrepaidStoryTest {
    @Inject
    TestDevices devices;

    @Inject
    TestAccounts accounts;

    @Inject
    JudgeCredit judge;

    @Inject
    TestOrders paid;

    @Inject
    ReconcileAll reconcile;

    @Inject
    Db db;

    @Inject
    CreditWatch watch;

    @Inject
    CutOffPolicies policies;

    @Inject
    HolidayCalendars calendars;

    @Inject
    OrdersUnderWay orders;

    @Inject
    SupplyHolds holds;

    @Inject
    SendCommands send;

    @Inject
    TellOfCredit tell;

    @Inject
    TenantRegistry tenants;

    @Inject
    Clock clock;

    private PayingCompany payer;
    private TestTenant company;
    private Graph finance;
    private TestMeter meter;

    /** A Wednesday evening: the meter shows 100 kWh, and there are 6 yuan, enough for 10 more. */
    @BeforeEach
    void evening() {
        payer = PayingCompany.at(clock, "2026-11-25T20:00");
        company = payer.company;
        finance = payer.finance();
        meter = TestMeter.register(devices, company.id(), company.code());
        meter.time = clock::now;
        meter.connect();
        meter.read("100");
        await().until(() -> "100.0000"
                .equals(devices.one(
                        "SELECT base_value FROM meter_state WHERE device_id = ? AND register = 'TOTAL'", meter.id)));
        accounts.open(
                company,
                meter.id,
                Commodity.ELECTRICITY,
                accounts.plan(company, Commodity.ELECTRICITY, "0.6"),
                Terms.usual());
        accounts.adjust(company, meter.id, "6");
        judged(judge);
    }

    @AfterEach
    void rightTime() {
        meter.disconnect();
        payer.end();
    }

    @Test
    void usedUpAtNightCutInTheMorningPaidAndBack() throws Throwable {
        usedUpAtTwo();
        assertTrue(meter.closed, "nobody sits in the dark");
        payer.at("2026-11-26T08:00");
        judged(judge);
        await().until(() -> !meter.closed);
        paid();
        await().until(() -> meter.closed);
        assertEquals(List.of("open", "closed"), meter.switchings(), "one round trip");
        assertEquals("49.7", accounts.credit(company, meter.id));
        assertEquals(
                List.of("EXHAUSTED", "SPARED", "HELD", "RESTORED"),
                finance
                        .ask(
                                "query($d:ID!){e:creditEvents(filter:{deviceId:$d kinds:[EXHAUSTED,SPARED,HELD,RESTORED]} direction:ASC){nodes{kind}}}",
                                "d",
                                meter.id.toString())
                        .getList("e.nodes.kind")
                        .stream()
                        .sorted(java.util.Comparator.comparing(
                                List.of("EXHAUSTED", "SPARED", "HELD", "RESTORED")::indexOf))
                        .toList());
    }

    @Test
    void paidWhileItIsAwayItComesBackOn() throws Throwable {
        usedUpAtTwo();
        payer.at("2026-11-26T08:00");
        judged(judge);
        await().until(() -> !meter.closed);
        await().until(() -> "OFF".equals(reported()));
        meter.disconnect();
        await().until(() -> "OFFLINE".equals(connectivity()));
        paid();
        assertFalse(meter.closed);
        meter.connect();
        await().until(() -> meter.closed);
        assertEquals(List.of("open", "closed"), meter.switchings());
    }

    @Test
    void cutAndPaidWhileItIsAwayItHearsNothingOfIt() throws Throwable {
        usedUpAtTwo();
        meter.disconnect();
        await().until(() -> "OFFLINE".equals(connectivity()));
        payer.at("2026-11-26T08:00");
        judged(judge);
        assertEquals("OFF", desired());
        paid();
        meter.connect();
        await().until(() -> "ONLINE".equals(connectivity()));
        subscribeAndAwait(reconcile::now);
        assertEquals("ON", desired());
        assertEquals(List.of(), meter.switchings());
    }

    @Test
    void anotherServiceGoesOnWhereTheFirstStopped() throws Throwable {
        usedUpAtTwo();
        payer.at("2026-11-26T08:00");
        judged(another());
        await().until(() -> !meter.closed);
        judged(another());
        paid();
        judged(another());
        await().until(() -> meter.closed);
        assertEquals(List.of("open", "closed"), meter.switchings());
    }

    private void usedUpAtTwo() {
        payer.at("2026-11-26T02:00");
        meter.read("110.5");
        await().until(() -> "-0.3".equals(accounts.credit(company, meter.id)));
        judged(judge);
        assertEquals(
                "QUIET_TIME",
                finance.ask("query($d:ID!){device(id:$d){balance{sparedFor}}}", "d", meter.id.toString())
                        .getString("device.balance.sparedFor"));
    }

    /** 50 yuan; the channel tells of it five times. */
    private void paid() {
        payer.channel.tell(payer.toppedUp(paid, meter.id, 5000), "times", 4);
        assertEquals("49.7", accounts.credit(company, meter.id));
    }

    /** As after a restart: it knows nothing but what the tables say. */
    private JudgeCredit another() {
        return new JudgeCredit(db, watch, policies, calendars, orders, holds, send, tell, tenants, clock);
    }

    private static void judged(JudgeCredit judge) {
        try {
            subscribeAndAwait(judge::now);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private String desired() {
        return supply("supply{desired}", "supply.desired");
    }

    private String reported() {
        return supply("supply{reported}", "supply.reported");
    }

    private String connectivity() {
        return supply("connectivity", "connectivity");
    }

    private String supply(String field, String path) {
        return Graph.as(company.technician())
                .ask("query($d:ID!){device(id:$d){" + field + "}}", "d", meter.id.toString())
                .getString("device." + path);
    }
}
