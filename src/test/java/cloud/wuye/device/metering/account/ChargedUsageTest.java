package cloud.wuye.device.metering.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is charged to an account for what its meters say. */
@QuarkusTest
class ChargedUsageTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z"); // in Shanghai

    @Inject
    PrepaidMeters meters;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph finance;
    private Graph manager;

    @BeforeEach
    void freshCompany() {
        clock.set(NOON);
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
        manager = Graph.as(company.manager());
    }

    @AfterEach
    void clock() {
        clock.reset();
    }

    @Test
    void usageIsChargedWithTheReadingAndEveryLineSaysWhy() {
        String meter = meters.register(company, "M1");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(60)), "100");
        JsonPath opened = finance.ask(
                PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(meters.flat(company, "0.6", "0.05")));
        assertEquals("0.000000", opened.getString("a.credit"));
        assertEquals(List.of("20.000000", "5.000000"), opened.getList("a.lowLevels"));
        assertEquals("2026-11-20T03:00:00Z", opened.getString("a.chargedUntil"));
        meters.topUp(company, meter);

        meters.read(company, meter, NOON.minus(Duration.ofMinutes(30)), "104");

        JsonPath account = finance.ask(PrepaidMeters.ACCOUNT, "d", meter);
        assertEquals("7.400000", account.getString("device.account.credit"));
        JsonPath lines = finance.ask(
                "query($p:ID!){ratedUsageLines(filter:{pointId:$p}){nodes{since until quantity energyPrice servicePrice"
                        + " energyAmount serviceAmount revision tier period takenBack}}}",
                "p",
                meter);
        assertEquals(1, lines.getList("ratedUsageLines.nodes").size());
        assertEquals("2.400000", lines.getString("ratedUsageLines.nodes[0].energyAmount"));
        assertEquals("0.200000", lines.getString("ratedUsageLines.nodes[0].serviceAmount"));
        assertEquals("4.0000", lines.getString("ratedUsageLines.nodes[0].quantity"));
    }

    @Test
    void aLateReadingMovesWhatWasChargedOnlyWhereThePriceDiffers() {
        String meter = meters.register(company, "M1");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(240)), "0");
        // Noon in Shanghai is peak from eleven on; before that it is valley.
        String plan = meters.timeOfUse(company);
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(plan));
        meters.read(company, meter, NOON, "8");
        assertEquals(
                "-5.000000", meters.credit(company, meter)); // 3 h valley at 0.5 and 1 h peak at 1.0, spread evenly

        meters.read(company, meter, NOON.minus(Duration.ofMinutes(60)), "2");
        assertEquals(1, meters.chargeAnew(company));

        assertEquals("-7.000000", meters.credit(company, meter)); // 2 in the valley, 6 in the peak
        JsonPath corrections = finance.ask(
                "query($p:ID!){ratedUsageLines(filter:{pointId:$p corrections:true}){nodes{takenBack quantity}}}",
                "p",
                meter);
        assertEquals(4, corrections.getList("ratedUsageLines.nodes").size());
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(60)), "2");
        assertEquals(0, meters.chargeAnew(company));
    }

    @Test
    void withoutAPriceUsageWaitsAndIsChargedWhenThereIsOne() {
        String meter = meters.register(company, "M1");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(120)), "0");
        String plan = meters.plan(company);
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(plan));
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(60)), "3");
        meters.chargeAnew(company);
        assertEquals("0.000000", meters.credit(company, meter));
        assertEquals(
                "2026-11-20T02:00:00Z",
                finance.ask(PrepaidMeters.ACCOUNT, "d", meter).getString("device.account.unpricedSince"));

        meters.publish(company, plan, "basis: FLAT rates:[{energyPrice:\"1\"}]");
        meters.price();
        meters.chargeAnew(company);

        assertEquals("-3.000000", meters.credit(company, meter));
        assertNull(finance.ask(PrepaidMeters.ACCOUNT, "d", meter).getString("device.account.unpricedSince"));
    }

    @Test
    void anAccountGoesOnWhenItsMeterIsReplaced() {
        String old = meters.register(company, "OLD");
        String next = meters.register(company, "NEW");
        meters.read(company, old, NOON.minus(Duration.ofMinutes(120)), "500");
        finance.ask(PrepaidMeters.OPEN, "d", old, "t", PrepaidMeters.terms(meters.flat(company, "1", "0")));
        meters.topUp(company, old);
        meters.read(company, old, NOON.minus(Duration.ofMinutes(90)), "503");
        manager.ask(
                "mutation($o:ID!,$n:ID!,$at:DateTime!){replaceMeter(deviceId:$o replacementId:$n removal:{at:$at register:\"504\"}"
                        + " fitting:{register:\"10\"}){id}}",
                "o",
                old,
                "n",
                next,
                "at",
                NOON.minus(Duration.ofHours(1)).toString());
        meters.read(company, next, NOON.minus(Duration.ofMinutes(30)), "12");
        meters.chargeAnew(company);

        JsonPath account = finance.ask(PrepaidMeters.ACCOUNT, "d", next);
        assertEquals(old, account.getString("device.account.pointId"));
        assertEquals("4.000000", account.getString("device.account.credit")); // 10 − 3 − 1 − 2
        assertNull(finance.ask(PrepaidMeters.ACCOUNT, "d", old).getString("device.account"));
    }

    /** Taken down in the evening, another put up the next morning: what it uses belongs to the new month alone. */
    @Test
    void tiersBeginAnewWhereThereWasNoMeterAtTheMonthsEnd() {
        Instant december = Instant.parse("2026-11-30T16:00:00Z");
        clock.set(december.plus(Duration.ofHours(10)));
        String old = meters.register(company, "OLD");
        String next = meters.register(company, "NEW");
        meters.read(company, old, december.minus(Duration.ofHours(9)), "500");
        String plan = meters.plan(company);
        meters.publish(
                company,
                plan,
                "basis: FLAT tiers:{reset:MONTH upTo:[\"100\"]} rates:[{tier:1 energyPrice:\"1\"},{tier:2 energyPrice:\"2\"}]");
        finance.ask(PrepaidMeters.OPEN, "d", old, "t", PrepaidMeters.terms(plan));
        meters.read(company, old, december.minus(Duration.ofHours(4)), "590");
        manager.ask(
                "mutation($d:ID!,$at:DateTime!){removeMeter(deviceId:$d removal:{at:$at register:\"590\"}){id}}",
                "d",
                old,
                "at",
                december.minus(Duration.ofHours(1)).toString());
        manager.ask(
                "mutation($d:ID!,$p:ID!,$at:DateTime!){installMeter(deviceId:$d servicePointId:$p fitting:{at:$at register:\"10\"}){id}}",
                "d",
                next,
                "p",
                old,
                "at",
                december.plus(Duration.ofHours(8)).toString());
        meters.chargeAnew(company);
        meters.read(company, next, december.plus(Duration.ofHours(9)), "40");
        meters.chargeAnew(company);

        assertEquals("-120.000000", meters.credit(company, next));
    }
}
