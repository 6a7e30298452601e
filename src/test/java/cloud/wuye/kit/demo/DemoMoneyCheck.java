package cloud.wuye.kit.demo;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Looks through a manager's eyes at the money of one company of the demo. */
final class DemoMoneyCheck {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final GraphQLDoor manager;

    DemoMoneyCheck(DemoPlace place, String company, String username) {
        manager = new GraphQLDoor(place, () -> new Keycloak(place).tokenOf(company, username, DemoData.PASSWORD));
    }

    /** Meter, price and state of all payment records, oldest first. */
    List<String> payments() {
        return records("").stream()
                .map(each -> each.path("meterNo").asText() + " " + yuan(each, "payableFen") + " "
                        + each.at("/status/state").asText())
                .toList();
    }

    /** One dark, one low, one on emergency credit, one spared, two that count themselves, water with valves. */
    void holdsItsFlats() {
        List<String> paid = records("HTE1101").stream()
                .map(each -> String.join(
                        " ",
                        yuan(each, "payableFen"),
                        yuan(each, "paidFen"),
                        number(each, "unitPrice"),
                        number(each, "before"),
                        number(each, "after"),
                        each.at("/status/zh").asText(),
                        each.path("payerName").asText()))
                .toList();
        assertEquals(
                List.of(
                        "1.00 1.01 1 0 1 支付成功 张伟",
                        "0.01 0.01 1 1 1.01 支付成功 张伟",
                        "0.01 0.01 1 1.01 1.02 支付成功 张伟",
                        "0.01 0.01 1 1.02 1.03 支付成功 张伟",
                        "0.01 0.01 1 1.03 1.04 支付成功 张伟",
                        "0.01 0.01 1 1.04 1.05 订单关闭 张伟",
                        "50.00 50.30 1 1.04 51.04 订单关闭 张伟"),
                paid);
        await().atMost(SOON).until(() -> balance("HTE1101").equals("HELD OFF"));
        await().atMost(SOON).until(() -> balance("HTE1102").equals("LOW ON"));
        await().atMost(SOON).until(() -> balance("HTE1103").equals("OVERDRAWN emergency ON"));
        await().atMost(SOON).until(() -> balance("HTE1203").equals("SPARED KEEP_SUPPLY ON"));
        await().atMost(SOON).until(() -> ownCredit("HTE1201").signum() > 0);
        await().atMost(SOON).until(() -> balance("HTW1101").equals("GOOD ON"));
        await().atMost(SOON).until(() -> payments().stream().noneMatch(each -> each.endsWith(" CREDITING")));
        JsonNode written = records("HTE1201").get(0);
        assertFalse(written.path("creditedAt").isNull(), "credited when the meter has said so");
        assertEquals("0 200", number(written, "before") + " " + number(written, "after"));
        long income = records("").stream()
                .filter(each -> each.at("/status/state").asText().equals("CREDITED"))
                .mapToLong(each -> each.path("payableFen").asLong())
                .sum();
        assertEquals(
                income,
                manager.ask("{ paymentRecordTotals { incomeFen } }", Map.of())
                        .at("/paymentRecordTotals/incomeFen")
                        .asLong(),
                "what meters count themselves is income too");
    }

    /** Bills that are paid, paid in part and not paid, the last due today; and a refund that waits for a second person. */
    void holdsItsBillsAndRefund() {
        List<String> bills = new ArrayList<>();
        for (JsonNode bill : nodes("meterBills(first: 50)", "meterNo state openFen dueOn")) {
            boolean open = bill.path("openFen").asLong() > 0;
            bills.add(bill.path("meterNo").asText() + " " + bill.path("state").asText() + (open ? " open" : ""));
            if (bill.path("meterNo").asText().equals("HTE3004")) {
                LocalDate today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
                assertTrue(List.of(today.toString(), today.minusDays(1).toString())
                        .contains(bill.path("dueOn").asText()));
            }
        }
        bills.sort(Comparator.naturalOrder());
        assertEquals(List.of("HTE3001 PAID", "HTE3002 PAID", "HTE3003 PARTLY_PAID open", "HTE3004 ISSUED open"), bills);
        List<JsonNode> refunds = nodes("refunds(first: 50)", "state amountFen requestedBy");
        assertEquals(1, refunds.size());
        assertEquals("REQUESTED", refunds.get(0).path("state").asText());
        assertEquals("陈静", refunds.get(0).path("requestedBy").asText());
    }

    /** Prices by the hour and by tier, credit in money, a shop that pays afterwards. */
    void holdsItsOffices() {
        String plan = nodes("tariffPlans(first: 50, filter: { commodity: ELECTRICITY })", "versions { id basis }")
                .get(0)
                .at("/versions/0/id")
                .asText();
        JsonNode version = manager.ask(
                        "query Version($id: ID!) { tariffVersion(id: $id) { basis status tiers { upTo } prices { tier } } }",
                        Map.of("id", plan))
                .path("tariffVersion");
        assertEquals(
                "TIME_OF_USE PUBLISHED",
                version.path("basis").asText() + " " + version.path("status").asText());
        assertEquals(2, version.at("/tiers/upTo").size());
        assertEquals(9, version.path("prices").size());
        assertTrue(payments().contains("YSE0101 500.00 CREDITED"));
        assertEquals(7, payments().size());
        assertEquals(
                "YSE0102 PAID",
                nodes("meterBills(first: 50)", "meterNo state").stream()
                        .map(bill -> bill.path("meterNo").asText() + " "
                                + bill.path("state").asText())
                        .reduce("", String::concat));
    }

    /** All that must be the same after a second start: whatever people did, not what meters count meanwhile. */
    String everything() {
        List<JsonNode> all = new ArrayList<>();
        all.addAll(nodes("devices(first: 200)", "id serialNo version"));
        all.addAll(nodes("residents(first: 200)", "id name version"));
        all.addAll(nodes("staff(first: 200)", "id name status"));
        all.addAll(nodes("tariffPlans(first: 50)", "id name version versions { id status }"));
        all.addAll(nodes("cutOffPolicies(first: 50)", "id name version"));
        all.addAll(nodes("meterAccounts(first: 200)", "pointId mode authority unit version"));
        all.addAll(nodes("paymentRecords(first: 200)", "orderId status { state } before after"));
        all.addAll(nodes("meterPurchases(first: 200)", "id state"));
        all.addAll(nodes("creditMoves(first: 200)", "id amount"));
        all.addAll(nodes("creditEvents(first: 200, filter: { kinds: [EMERGENCY_STARTED] })", "id"));
        all.addAll(nodes("refunds(first: 50)", "id state"));
        all.addAll(nodes("meterBills(first: 50)", "id state openFen"));
        all.addAll(nodes("billingRuns(first: 50)", "id accounts billed"));
        manager.ask("{ billingPeriods { commodity dueDays version } }", Map.of())
                .path("billingPeriods")
                .forEach(all::add);
        return all.toString();
    }

    private List<JsonNode> records(String meter) {
        return nodes(
                "paymentRecords(first: 200, sort: CREATED_AT, direction: ASC, filter: { meterNo: \"" + meter + "\" })",
                "meterNo payerName payableFen paidFen unitPrice before after creditedAt status { state zh }");
    }

    private String balance(String meter) {
        JsonNode device = device(meter, "balance { state sparedFor emergencyTaken } supply { reported }");
        JsonNode balance = device.path("balance");
        return balance.path("state").asText()
                + (balance.path("sparedFor").isNull()
                        ? ""
                        : " " + balance.path("sparedFor").asText())
                + (balance.path("emergencyTaken").asBoolean() ? " emergency" : "")
                + " "
                + device.at("/supply/reported").asText();
    }

    private BigDecimal ownCredit(String meter) {
        return new BigDecimal(device(meter, "ownCredit { reportedCredit }")
                .at("/ownCredit/reportedCredit")
                .asText("0"));
    }

    private JsonNode device(String meter, String fields) {
        return nodes("meters(first: 200)", "serialNo " + fields).stream()
                .filter(each -> each.path("serialNo").asText().equals(meter))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> nodes(String list, String fields) {
        List<JsonNode> nodes = new ArrayList<>();
        manager.ask("query List { " + list + " { nodes { " + fields + " } } }", Map.of())
                .elements()
                .next()
                .path("nodes")
                .forEach(nodes::add);
        return nodes;
    }

    private static String yuan(JsonNode node, String field) {
        return BigDecimal.valueOf(node.path(field).asLong(), 2).toPlainString();
    }

    private static String number(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText()).stripTrailingZeros().toPlainString();
    }
}
