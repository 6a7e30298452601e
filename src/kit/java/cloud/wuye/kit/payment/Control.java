package cloud.wuye.kit.payment;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Makes things happen: what the payer, the bank and the weather do. One POST each with a JSON body; docs/reference/
 * payment-simulator.md lists them.
 */
final class Control {
    private final Vertx vertx;
    private final KeyBook keys;
    private final Book book;
    private final Bills bills;
    private final LineFaults faults;
    private final MiniProgram miniProgram;
    private final SimulatorClock clock;
    private final Notifier notifier;
    private volatile Duration refundDelay;

    Control(
            Vertx vertx,
            KeyBook keys,
            Book book,
            Bills bills,
            LineFaults faults,
            MiniProgram miniProgram,
            SimulatorClock clock,
            Notifier notifier,
            Duration refundDelay) {
        this.vertx = vertx;
        this.keys = keys;
        this.book = book;
        this.bills = bills;
        this.faults = faults;
        this.miniProgram = miniProgram;
        this.clock = clock;
        this.notifier = notifier;
        this.refundDelay = refundDelay;
    }

    void obey(HttpServerRequest request, String body) {
        String act = request.path().substring(PaymentSimulator.CONTROL.length());
        // Another site's page in the developer's browser can send a form, but not JSON without asking first.
        if (!request.method().name().equals("POST")
                || !String.valueOf(request.getHeader("Content-Type")).startsWith("application/json")) {
            answer(request, 405, new JsonObject().put("message", "POST application/json"));
            return;
        }
        try {
            obey(act, body.isBlank() ? new JsonObject() : new JsonObject(body))
                    .onSuccess(done -> answer(request, 200, done))
                    .onFailure(e -> answer(request, 500, new JsonObject().put("message", String.valueOf(e))));
        } catch (DecodeException
                | IllegalArgumentException
                | IllegalStateException
                | DateTimeException
                | NullPointerException
                | ClassCastException e) {
            answer(request, 400, new JsonObject().put("message", String.valueOf(e.getMessage())));
        }
    }

    private Future<JsonObject> obey(String act, JsonObject what) {
        String mchid = what.getString("mchid");
        switch (act) {
            case "merchants" -> {
                return done(merchant(what));
            }
            case "keys" -> {
                return done(new JsonObject().put("platform", keys.openKeys()));
            }
            case "keys/rotate" -> {
                return done(keys.rotate().open());
            }
            case "apps" -> {
                return done(MiniProgram.app(what.getString("appid")));
            }
            case "login" -> {
                return done(miniProgram.login(what.getString("appid"), what.getString("openid")));
            }
            case "orders" -> {
                return done(orders(mchid));
            }
            case "pay" -> {
                Order order = book.pay(
                        mchid,
                        what.getString("outTradeNo"),
                        what.getLong("amount"),
                        what.getString("openid"),
                        what.getBoolean("late", false));
                return told(
                        order.told(),
                        notifier.payment(
                                order, what.getString("notifyUrl"), flaw(what), what.getInteger("notices", 1)));
            }
            case "cancel" -> {
                return done(book.giveUp(mchid, what.getString("outTradeNo"), "NOTPAY")
                        .told());
            }
            case "fail" -> {
                return done(book.giveUp(mchid, what.getString("outTradeNo"), "PAYERROR")
                        .told());
            }
            case "notify" -> {
                return notice(mchid, what);
            }
            case "notices/hold" -> notifier.hold();
            case "notices/release" -> {
                return told(new JsonObject(), notifier.release(what.getBoolean("reversed", false)));
            }
            case "refunds/settle" -> {
                return settle(mchid, what.getString("outRefundNo"), what);
            }
            case "refunds/delay" ->
                refundDelay = what.containsKey("millis") ? Duration.ofMillis(what.getLong("millis")) : null;
            case "faults" -> faults.order(what);
            case "faults/forget" -> {
                faults.forget();
                bills.forget();
            }
            case "bills/differ" -> bills.differ(what);
            case "pay-out" -> bills.payOut(what, clock.beijing());
            case "bills/at-once" -> clock.billsAtOnce(what.getBoolean("on", true));
            case "clock" -> clock.set(what.containsKey("now") ? Instant.parse(what.getString("now")) : null);
            default -> throw new IllegalArgumentException("no such act: " + act);
        }
        return done(new JsonObject().put("now", clock.now().toString()));
    }

    /** With a delay a refund comes to its end by itself. */
    void refundAccepted(Merchant merchant, Reply reply) {
        if (refundDelay != null
                && reply.status() == 200
                && reply.body().getString("status").equals("PROCESSING")) {
            String number = reply.body().getString("out_refund_no");
            vertx.setTimer(
                    Math.max(1, refundDelay.toMillis()), timer -> settle(merchant.mchid(), number, new JsonObject()));
        }
    }

    private Future<JsonObject> settle(String mchid, String outRefundNo, JsonObject what) {
        Refund refund = book.settle(mchid, outRefundNo, what.getString("state", "SUCCESS"));
        return told(refund.told(), notifier.refund(refund, flaw(what), what.getInteger("notices", 1)));
    }

    private Future<JsonObject> notice(String mchid, JsonObject what) {
        int times = what.getInteger("times", 1);
        if (what.containsKey("outRefundNo")) {
            Refund refund = book.refund(mchid, what.getString("outRefundNo"));
            return told(refund.told(), notifier.refund(refund, flaw(what), times));
        }
        Order order = book.order(mchid, what.getString("outTradeNo"));
        return told(order.told(), notifier.payment(order, what.getString("notifyUrl"), flaw(what), times));
    }

    private JsonObject merchant(JsonObject what) {
        PlatformKey key = keys.current();
        return keys.merchant(
                        what.getString("mchid"), what.getString("appid"), what.getBoolean("prefersCertificate", false))
                .json()
                .put("platform", key.open());
    }

    private JsonObject orders(String mchid) {
        JsonArray all = new JsonArray();
        book.orders().stream()
                .filter(order -> mchid == null || order.merchant.mchid().equals(mchid))
                .forEach(order -> all.add(order.told()));
        return new JsonObject().put("orders", all);
    }

    private static Flaw flaw(JsonObject what) {
        return Flaw.valueOf(what.getString("flaw", "NONE"));
    }

    private static Future<JsonObject> told(JsonObject thing, Future<List<Integer>> answers) {
        return answers.map(statuses -> thing.put("notices", new JsonArray(statuses)));
    }

    private static Future<JsonObject> done(JsonObject answer) {
        return Future.succeededFuture(answer);
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }
}
