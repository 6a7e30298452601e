package cloud.wuye.payment.order;

import static org.awaitility.Awaitility.await;

import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.UUID;

/** A fresh company with an open simulated channel, and one time for us and for the channel. */
public final class PayingCompany {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

    public final TestTenant company = TestTenants.fresh();
    public final SimulatedPayments channel = SimulatedPayments.fresh();
    private final Clock clock;

    private PayingCompany(Clock clock) {
        this.clock = clock;
    }

    /** At this time in Shanghai, such as {@code 2026-11-25T20:00}. */
    public static PayingCompany at(Clock clock, String local) {
        PayingCompany fresh = new PayingCompany(clock);
        fresh.at(local);
        fresh.channel.openFor(fresh.company.manager());
        return fresh;
    }

    /** It is this time now, for us and for the channel. */
    public void at(String local) {
        clock.set(moment(local));
        channel.order("clock", Map.of("now", moment(local).toString()));
    }

    public static Instant moment(String local) {
        return LocalDateTime.parse(local).atZone(SHANGHAI).toInstant();
    }

    /** The right time, and a channel without faults, for whoever comes next. */
    public void end() {
        clock.reset();
        channel.order("clock", Map.of());
        channel.order("faults/forget", Map.of());
    }

    public Graph finance() {
        return Graph.as(company.finance());
    }

    /** Where an order stands. */
    public String state(String order) {
        return finance()
                .ask("query($i:ID!){o:paymentOrder(id:$i){state}}", "i", order)
                .getString("o.state");
    }

    /** A meter is topped up through the channel, and credited; gives the number that the channel knows the payment by. */
    public String toppedUp(TestOrders orders, UUID meter, long fen) {
        String order = finance()
                .ask(
                        "mutation($d:ID!,$f:Long!){t:topUpMeter(deviceId:$d amountFen:$f){orderId}}",
                        "d",
                        meter.toString(),
                        "f",
                        fen)
                .getString("t.orderId");
        String number = orders.prepaid(company, UUID.fromString(order));
        channel.pay(number);
        await().until(() -> "CREDITED".equals(state(order)));
        return number;
    }
}
