package cloud.wuye.kit.demo;

import cloud.wuye.kit.demo.DemoMoney.DemoAccount;
import cloud.wuye.kit.demo.DemoMoney.DemoBill;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes about once the meters have told of their use: emergency credit is taken where credit is used up, and what
 * was used is billed and paid, or not. Looks first; what does not come about in time is left to the next start.
 */
final class AfterUse {
    private static final Logger LOG = LoggerFactory.getLogger(AfterUse.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int USUAL_DUE_DAYS = 10;

    private final DemoMoney money;
    private final DemoPeople people;
    private final DemoCashier cashier;

    AfterUse(DemoPlace place, DemoCompany company) {
        this.money = company.money();
        this.people = new DemoPeople(place, company);
        this.cashier = new DemoCashier(place, company, people);
    }

    void load() {
        Map<String, String> meters = people.meters();
        bill(meters);
        money.accounts().stream()
                .filter(DemoAccount::takesEmergencyCredit)
                .forEach(account -> takeEmergencyCredit(account, meters.get(account.serial())));
        pay();
    }

    private void takeEmergencyCredit(DemoAccount account, String meter) {
        Map<String, Object> which = Map.of("meter", meter);
        boolean taken = !people.manager()
                .ask(
                        "query Taken($meter: ID!) { creditEvents(first: 1, filter: { deviceId: $meter,"
                                + " kinds: [EMERGENCY_STARTED] }) { nodes { kind } } }",
                        which)
                .at("/creditEvents/nodes")
                .isEmpty();
        if (taken) {
            return;
        }
        boolean usedUp = DemoPeople.await(
                PATIENCE,
                () -> new BigDecimal(people.manager()
                                        .ask(
                                                "query Credit($meter: ID!) { device(id: $meter) { balance { credit } } }",
                                                which)
                                        .at("/device/balance/credit")
                                        .asText("0"))
                                .signum()
                        < 0);
        if (usedUp) {
            people.manager()
                    .ask("mutation Emergency($meter: ID!) { takeEmergencyCredit(deviceId: $meter) { state } }", which);
        } else {
            LOG.info("the credit of {} is not used up yet; its emergency credit waits", account.serial());
        }
    }

    /** The bill that nobody pays is due on the day of its issue, so that it is overdue the next day; others have time. */
    private void bill(Map<String, String> meters) {
        boolean unset = people.manager()
                .ask("query Periods { billingPeriods { commodity dueDays } }", Map.of())
                .path("billingPeriods")
                .isEmpty();
        if (unset) {
            period(0);
        }
        Map<String, JsonNode> there = bills();
        run("demo-unpaid", meters, money.bills().stream().filter(bill -> !bill.isPaid()), there);
        if (unset || dueAtOnce()) {
            period(USUAL_DUE_DAYS);
        }
        run("demo-paid", meters, money.bills().stream().filter(DemoBill::isPaid), there);
    }

    private boolean dueAtOnce() {
        return people.manager()
                .ask("query Periods { billingPeriods { dueDays } }", Map.of())
                .toString()
                .contains("\"dueDays\":0}");
    }

    private void period(int dueDays) {
        people.manager()
                .ask(
                        "mutation Period($input: BillingPeriodInput!) { setBillingPeriod(input: $input) { cutDay } }",
                        Map.of("input", Map.of("commodity", DemoMoney.ELECTRICITY, "cutDay", 1, "dueDays", dueDays)));
    }

    private void run(String key, Map<String, String> meters, Stream<DemoBill> wanted, Map<String, JsonNode> there) {
        List<String> missing = wanted.map(DemoBill::serial)
                .filter(serial -> !there.containsKey(serial))
                .map(meters::get)
                .toList();
        if (!missing.isEmpty()) {
            people.finance()
                    .ask(
                            "mutation Bill($input: RunBillingInput!) { runBilling(input: $input) { id } }",
                            Map.of(
                                    "input",
                                    Map.of(
                                            "clientKey",
                                            key,
                                            "commodity",
                                            DemoMoney.ELECTRICITY,
                                            "deviceIds",
                                            missing)));
        }
    }

    /** The oldest bill of each meter, by its number. */
    private Map<String, JsonNode> bills() {
        Map<String, JsonNode> bills = new HashMap<>();
        people.finance()
                .all(
                        "query Bills($after: String) { meterBills(first: 200, after: $after, sort: ISSUED_AT, direction: ASC)"
                                + " { edges { node { id number meterNo openFen paidFen } } pageInfo { hasNextPage endCursor } } }")
                .forEach(bill -> bills.putIfAbsent(DemoPeople.text(bill, "meterNo"), bill));
        return bills;
    }

    private void pay() {
        List<DemoBill> wanted = money.bills().stream().filter(DemoBill::isPaid).toList();
        DemoPeople.await(PATIENCE, () -> {
            Map<String, JsonNode> there = bills();
            return wanted.stream().allMatch(bill -> there.containsKey(bill.serial()));
        });
        Map<String, JsonNode> there = bills();
        for (DemoBill bill : wanted) {
            JsonNode issued = there.get(bill.serial());
            if (issued == null) {
                LOG.info("{} has no bill yet", bill.serial());
            } else if (issued.path("paidFen").asLong() == 0
                    && issued.path("openFen").asLong() > 0) {
                pay(bill, issued);
            }
        }
    }

    private void pay(DemoBill bill, JsonNode issued) {
        long open = issued.path("openFen").asLong();
        JsonNode order = people.finance()
                .ask(
                        "mutation Pay($input: PayMeterBillInput!) { payMeterBill(input: $input) { orderId orderNo } }",
                        Map.of(
                                "input",
                                Map.of(
                                        "billId",
                                        DemoPeople.text(issued, "id"),
                                        "amountFen",
                                        bill.inPart() ? Math.max(1, open / 2) : open,
                                        "clientKey",
                                        "demo-" + DemoPeople.text(issued, "number"))))
                .path("payMeterBill");
        cashier.take(DemoPeople.text(order, "orderId"), DemoPeople.text(order, "orderNo"), bill.end());
    }
}
