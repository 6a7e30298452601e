package cloud.wuye.device.metering.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The terms of an account, its end, and what its usage is in the books. */
@QuarkusTest
class MeterAccountTest {
    private static final Instant NOON = Instant.parse("2026-11-20T04:00:00Z"); // in Shanghai

    @Inject
    PrepaidMeters meters;

    @Inject
    Clock clock;

    private TestTenant company;
    private Graph finance;

    @BeforeEach
    void freshCompany() {
        clock.set(NOON);
        company = TestTenants.fresh();
        finance = Graph.as(company.finance());
    }

    @AfterEach
    void clock() {
        clock.reset();
    }

    @Test
    void theJournalIsToldOfUsageInSumsAndAgreesWithCredit() {
        String meter = meters.register(company, "M1");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(180)), "0");
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(meters.flat(company, "0.333333", "0.1")));
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(120)), "1.2345");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(60)), "3.0001");

        meters.post();
        meters.read(company, meter, NOON, "7");
        meters.post();
        meters.post();

        assertEquals(
                meters.credit(company, meter),
                new BigDecimal(meters.balance(company, "CUSTOMER_CREDIT"))
                        .negate()
                        .toPlainString());
        assertEquals("-0.700000", meters.balance(company, "SERVICE_FEE"));
    }

    @Test
    void creditInKilowattHoursIsWorthWhatWasPaidForIt() {
        String meter = meters.register(company, "M1");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(180)), "0");
        Map<String, Object> terms =
                Map.of("mode", "PREPAID", "unit", "QUANTITY", "planId", meters.flat(company, "2", "0"));
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", terms);
        meters.topUp(company, meter); // 10 kWh for 10 yuan
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(120)), "4");
        meters.post();
        assertEquals("6.000000", meters.credit(company, meter));
        assertEquals("-4.000000", meters.balance(company, "REVENUE_ELECTRICITY"));

        meters.read(
                company,
                meter,
                NOON.minus(Duration.ofMinutes(60)),
                "11"); // 6 for the rest of what was paid, 1 beyond it at 2

        meters.post();
        assertEquals("-1.000000", meters.credit(company, meter));
        assertEquals("-12.000000", meters.balance(company, "REVENUE_ELECTRICITY"));
        assertEquals("-11.000000", meters.balance(company, "ENERGY_USED"));
    }

    @Test
    void termsThatDoNotGoTogetherAreRefused() {
        String meter = meters.register(company, "M1");
        String plan = meters.flat(company, "1", "0");
        refused("ACCOUNT_TERMS", meter, Map.of("mode", "POSTPAID", "unit", "QUANTITY", "planId", plan));
        refused("ACCOUNT_TERMS", meter, Map.of("mode", "PREPAID", "authority", "METER", "planId", plan));
        refused(
                "ACCOUNT_TERMS",
                meter,
                Map.of("mode", "PREPAID", "unit", "QUANTITY", "planId", meters.timeOfUse(company)));
        refused(
                "NOT_FOUND",
                meter,
                Map.of("mode", "PREPAID", "planId", Ids.next().toString()));
        refused("NOT_FOUND", Ids.next().toString(), PrepaidMeters.terms(plan));
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(plan));
        refused("ACCOUNT_OPEN", meter, PrepaidMeters.terms(plan));
        String change =
                "mutation($d:ID!,$t:MeterTermsInput!,$v:Int!){changeMeterTerms(deviceId:$d terms:$t version:$v){version}}";
        finance.refused("STALE", change, "d", meter, "t", PrepaidMeters.terms(plan), "v", 7);
        finance.refused("ACCOUNT_TERMS", change, "d", meter, "t", Map.of("mode", "POSTPAID", "planId", plan), "v", 0);
        Graph.as(company.technician())
                .refused("FORBIDDEN", PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(plan));
    }

    @Test
    void anAccountIsClosedWhenNothingIsLeft() {
        String meter = meters.register(company, "M1");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(180)), "0");
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(meters.flat(company, "1", "0")));
        meters.topUp(company, meter);
        String close = "mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"moved out\"){closedAt}}";
        finance.refused("CREDIT_NOT_SETTLED", close, "d", meter);
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(60)), "10");

        assertEquals(NOON.toString(), finance.ask(close, "d", meter).getString("closeMeterAccount.closedAt"));

        meters.read(company, meter, NOON, "20");
        assertEquals(0, meters.chargeAnew(company));
        assertEquals(
                "0.000000",
                finance.ask("{meterAccounts{nodes{credit closedAt}}}").getString("meterAccounts.nodes[0].credit"));
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(meters.flat(company, "1", "0")));
        assertEquals("0.000000", meters.credit(company, meter));
    }

    /** What was used before it was closed is in the books, whatever the account is from then on. */
    @Test
    void theJournalIsToldOfUsageBeforeAnAccountIsClosed() {
        String meter = meters.register(company, "M1");
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(180)), "0");
        String plan = meters.flat(company, "1", "0");
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", PrepaidMeters.terms(plan));
        meters.topUp(company, meter);
        meters.read(company, meter, NOON.minus(Duration.ofMinutes(60)), "10");
        finance.ask("mutation($d:ID!){closeMeterAccount(deviceId:$d reason:\"moved out\"){closedAt}}", "d", meter);
        finance.ask(PrepaidMeters.OPEN, "d", meter, "t", Map.of("mode", "POSTPAID", "planId", plan));

        meters.post();

        assertEquals("-10.000000", meters.balance(company, "REVENUE_ELECTRICITY"));
    }

    private void refused(String code, String meter, Map<String, Object> terms) {
        finance.refused(code, PrepaidMeters.OPEN, "d", meter, "t", terms);
    }
}
