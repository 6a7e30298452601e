package cloud.wuye.kit.demo;

import cloud.wuye.kit.KitException;
import cloud.wuye.kit.demo.DemoMoney.DemoTopUp;
import cloud.wuye.kit.demo.DemoMoney.End;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Orders top-ups and brings orders to their end: residents pay through the payment simulator, a clerk takes cash. */
final class DemoCashier {
    private static final Duration CREDITED_WITHIN = Duration.ofSeconds(20);
    private static final String RECORD = " { orderId orderNo meterNo payableFen status { state } }";

    private final DemoPlace place;
    private final DemoCompany company;
    private final DemoPeople people;

    DemoCashier(DemoPlace place, DemoCompany company, DemoPeople people) {
        this.place = place;
        this.company = company;
        this.people = people;
    }

    /** All payment records, oldest first. */
    List<JsonNode> records() {
        return people.finance()
                .all("query Records($after: String) { paymentRecords(first: 200, after: $after, sort: CREATED_AT,"
                        + " direction: ASC) { edges { node" + RECORD + " } pageInfo { hasNextPage endCursor } } }");
    }

    static String state(JsonNode paymentRecord) {
        return paymentRecord.path("status").path("state").asText();
    }

    /** Whether a record can be that of a top-up: one that was closed is none that was to be paid. */
    static boolean isOf(JsonNode paymentRecord, DemoTopUp wanted) {
        boolean unpaid = state(paymentRecord).equals("CLOSED");
        boolean open = state(paymentRecord).equals("PENDING");
        return DemoPeople.text(paymentRecord, "meterNo").equals(wanted.serial())
                && paymentRecord.path("payableFen").asLong() == wanted.fen()
                && (open || unpaid == (wanted.end() == End.CLOSED));
    }

    boolean isCredited(String orderId) {
        return records().stream()
                .anyMatch(each -> DemoPeople.text(each, "orderId").equals(orderId)
                        && state(each).equals("CREDITED"));
    }

    /** Orders a top-up unless it is there, and brings it to its end unless it is. */
    void bringAbout(DemoTopUp wanted, String meter, JsonNode found) {
        JsonNode order = found == null ? ordered(wanted, meter) : found;
        if (!state(order).equals("PENDING")) {
            return;
        }
        String id = DemoPeople.text(order, "orderId");
        String number = DemoPeople.text(order, "orderNo");
        if (wanted.end() == End.CLOSED) {
            people.finance()
                    .ask(
                            "mutation Close($id: ID!) {"
                                    + " closePaymentOrder(orderId: $id, reason: \"住户没有付款 not paid\") { id } }",
                            Map.of("id", id));
        } else if (wanted.end() == End.WECHAT && place.payment() != null) {
            payAsResident(wanted.resident(), id, number);
        } else {
            take(id, number, wanted.end() == End.TRANSFER ? End.TRANSFER : End.CASH);
        }
    }

    /** A clerk takes the money for an order; the receipt's number is made of the order's. */
    void take(String orderId, String orderNo, End by) {
        people.finance()
                .ask(
                        "mutation Take($id: ID!, $by: PayBy!, $receipt: String!) {"
                                + " takePayment(orderId: $id, by: $by, receiptNo: $receipt) { id } }",
                        Map.of("id", orderId, "by", by.name(), "receipt", "SJ" + orderNo));
    }

    private JsonNode ordered(DemoTopUp wanted, String meter) {
        boolean own = wanted.resident() != null;
        String act = own ? "topUpMyMeter" : "topUpMeter";
        GraphQLDoor door = own ? people.as(wanted.resident()) : people.finance();
        return door.ask(
                        "mutation TopUp($meter: ID!, $fen: Long!) { " + act + "(deviceId: $meter, amountFen: $fen)"
                                + RECORD + " }",
                        Map.of("meter", meter, "fen", wanted.fen()))
                .path(act);
    }

    /** The resident shows the code and pays it; the next top-up sees what this one has brought. */
    private void payAsResident(String resident, String orderId, String orderNo) {
        people.as(resident)
                .ask(
                        "mutation Pay($id: ID!) { payMyTopUp(orderId: $id, method: QR) { qrCode } }",
                        Map.of("id", orderId));
        control("pay", Map.of("mchid", company.merchantId(), "outTradeNo", atTheChannel(orderNo)));
        boolean credited = DemoPeople.await(CREDITED_WITHIN, () -> isCredited(orderId));
        if (!credited) {
            throw new KitException("Order " + orderNo + " was paid and is not credited after " + CREDITED_WITHIN + ".");
        }
    }

    /** The number by which the channel knows the last attempt to pay an order. */
    private String atTheChannel(String orderNo) {
        String last = null;
        for (JsonNode order :
                control("orders", Map.of("mchid", company.merchantId())).path("orders")) {
            String number = DemoPeople.text(order, "out_trade_no");
            last = number.startsWith(orderNo) ? number : last;
        }
        if (last == null) {
            throw new KitException("The payment simulator does not know order " + orderNo + ".");
        }
        return last;
    }

    private JsonNode control(String act, Map<String, Object> body) {
        try {
            HttpResponse<String> answer = Web.send(Web.to(place.payment() + "/_control/" + act)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Web.JSON.writeValueAsString(body)))
                    .build());
            if (answer.statusCode() != 200) {
                throw new KitException("The payment simulator refused " + act + ": " + answer.body());
            }
            return Web.json(answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
