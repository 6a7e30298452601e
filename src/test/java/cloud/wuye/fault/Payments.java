package cloud.wuye.fault;

import cloud.wuye.testing.SimulatedPayments;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Top-ups of a {@link Treasury}'s meters, each of which ends in its own way. */
final class Payments {
    private final Treasury treasury;

    Payments(Treasury treasury) {
        this.treasury = treasury;
    }

    /** What becomes of a top-up, and how the order stands in the end. */
    enum Fate {
        PLAIN("CREDITED"),
        TOLD_AGAIN("CREDITED"),
        TWO_WAYS("CREDITED"),
        NOTICE_LOST("CREDITED"),
        PAID_LATE("CREDITED"),
        WRONG_AMOUNT("AMOUNT_MISMATCH"),
        GOES_BACK("REFUNDED");

        final String end;

        Fate(String end) {
            this.end = end;
        }
    }

    /** A top-up that is going to be paid. */
    record TopUp(String order, Fate fate, long priceFen, long dueFen, List<String> numbers) {}

    /** Orders a top-up of a meter and announces it to the channel. */
    TopUp order(UUID meter, Fate fate, long fen) {
        JsonPath placed = treasury.payer()
                .ask(
                        "mutation($d:ID!,$f:Long!){t:topUpMyMeter(deviceId:$d amountFen:$f){orderId paidFen}}",
                        "d",
                        meter.toString(),
                        "f",
                        fen);
        String order = placed.getString("t.orderId");
        List<String> numbers = new ArrayList<>(List.of(announce(order, "QR")));
        if (fate == Fate.TWO_WAYS) {
            numbers.add(announce(order, "IN_APP"));
        }
        return new TopUp(order, fate, fen, placed.getLong("t.paidFen"), numbers);
    }

    private String announce(String order, String method) {
        treasury.payer()
                .ask(
                        "mutation($o:ID!,$m:PrepayMethod!){payMyTopUp(orderId:$o method:$m){qrCode}}",
                        "o",
                        order,
                        "m",
                        method);
        return treasury.estate.one(
                "SELECT number FROM payment_attempt WHERE order_id = ? AND method = ?", UUID.fromString(order), method);
    }

    /** The payer pays; whether anybody hears of it is another matter. */
    void pay(TopUp topUp) {
        SimulatedPayments channel = treasury.channel;
        String first = topUp.numbers.get(0);
        switch (topUp.fate) {
            case PLAIN, GOES_BACK -> channel.pay(first);
            case TOLD_AGAIN -> {
                channel.pay(first, "notices", 3);
                channel.tell(first, "times", 3);
            }
            case TWO_WAYS -> {
                channel.pay(first);
                channel.pay(topUp.numbers.get(1), "late", true);
            }
            case NOTICE_LOST -> channel.pay(first, "notices", 0);
            case PAID_LATE -> channel.pay(first, "late", true);
            case WRONG_AMOUNT -> channel.pay(first, "amount", topUp.dueFen - 100);
        }
    }

    /** By the channel's own account: what was paid under each number, in fen. */
    Map<String, Long> atTheChannel() {
        Map<String, Long> paid = new TreeMap<>();
        treasury.channel.order("orders", Map.of()).path("orders").forEach(order -> {
            if (order.has("transaction_id")) {
                paid.put(
                        order.path("out_trade_no").asText(),
                        order.path("amount").path("total").asLong());
            }
        });
        return paid;
    }

    /** By ours. */
    Map<String, Long> inTheBooks() {
        Map<String, Long> paid = new TreeMap<>();
        treasury.column(
                        "SELECT number || ' ' || paid_fen FROM payment_attempt WHERE state = 'SUCCEEDED' AND tenant_id = ?")
                .forEach(row -> paid.put(row.split(" ")[0], Long.valueOf(row.split(" ")[1])));
        return paid;
    }
}
