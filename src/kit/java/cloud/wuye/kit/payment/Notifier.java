package cloud.wuye.kit.payment;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sends notices, and again while they are not taken. When told to hold them it collects them, to be let go in another order.
 */
final class Notifier {
    private static final long PATIENCE_MILLIS = 10_000;

    private final Vertx vertx;
    private final HttpClient http;
    private final Seal seal;
    private final SimulatorClock clock;
    private final List<Duration> repetitions;
    private final List<Supplier<Future<Integer>>> held = new ArrayList<>();
    private boolean holding;

    /** @param repetitions the pauses before each repetition of a notice that was not taken */
    Notifier(Vertx vertx, Seal seal, SimulatorClock clock, List<Duration> repetitions) {
        this.vertx = vertx;
        this.seal = seal;
        this.clock = clock;
        this.repetitions = repetitions;
        this.http = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(3000).setMaxPoolSize(200));
    }

    /**
     * The status of each of so many notices of a payment, all sent at the same moment; 0 where nobody answered.
     *
     * @param elsewhere where to, when not to the order's own address
     */
    Future<List<Integer>> payment(Order order, String elsewhere, Flaw flaw, int times) {
        // Whatever became of it since: a notice of a payment says that it was paid.
        JsonObject content = order.told().put("trade_state", "SUCCESS").put("trade_state_desc", "支付成功");
        if (flaw == Flaw.WRONG_AMOUNT) {
            JsonObject amount = content.getJsonObject("amount");
            amount.put("total", amount.getLong("total") + 1).put("payer_total", amount.getLong("payer_total") + 1);
        }
        return send(
                order.merchant,
                elsewhere == null ? order.request.getString("notify_url") : elsewhere,
                "TRANSACTION.SUCCESS",
                "transaction",
                content,
                flaw,
                times);
    }

    /** The same of a refund. */
    Future<List<Integer>> refund(Refund refund, Flaw flaw, int times) {
        return send(
                refund.order.merchant,
                refund.request.getString("notify_url", refund.order.request.getString("notify_url")),
                "REFUND." + refund.state,
                "refund",
                refund.noticed(),
                flaw,
                times);
    }

    synchronized void hold() {
        holding = true;
    }

    /** Lets go what was held, one after the other, the newest first if reversed. Answers with the status of each. */
    synchronized Future<List<Integer>> release(boolean reversed) {
        holding = false;
        if (reversed) {
            Collections.reverse(held);
        }
        Future<List<Integer>> all = Future.succeededFuture(new ArrayList<>());
        for (Supplier<Future<Integer>> sending : held) {
            all = all.compose(statuses -> sending.get().map(status -> {
                statuses.add(status);
                return statuses;
            }));
        }
        held.clear();
        return all;
    }

    private Future<List<Integer>> send(
            Merchant merchant, String url, String event, String type, JsonObject content, Flaw flaw, int times) {
        if (url == null || times == 0) {
            return Future.succeededFuture(List.of());
        }
        if (flaw == Flaw.OTHER_MERCHANT) {
            content.put("mchid", other(merchant.mchid()));
        }
        String text = envelope(merchant, event, type, content, flaw);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            all.add(deliver(() -> first(merchant, url, text, flaw)));
        }
        return Future.all(all).map(done -> done.<Integer>list());
    }

    private static String other(String mchid) {
        return mchid.substring(0, mchid.length() - 1) + (mchid.endsWith("7") ? "8" : "7");
    }

    private Future<Integer> deliver(Supplier<Future<Integer>> sending) {
        synchronized (this) {
            if (holding) {
                held.add(sending);
                return Future.succeededFuture(0);
            }
        }
        return sending.get();
    }

    private Future<Integer> first(Merchant merchant, String url, String text, Flaw flaw) {
        // A notice that is wrong on purpose is not repeated: its refusal is what was wanted.
        return once(merchant, url, text, flaw)
                .onSuccess(status -> again(merchant, url, text, flaw == Flaw.NONE ? status : 204, 0));
    }

    private void again(Merchant merchant, String url, String text, int status, int repetition) {
        if (status / 100 != 2 && repetition < repetitions.size()) {
            vertx.setTimer(
                    Math.max(1, repetitions.get(repetition).toMillis()), timer -> once(merchant, url, text, Flaw.NONE)
                            .onSuccess(next -> again(merchant, url, text, next, repetition + 1)));
        }
    }

    private Future<Integer> once(Merchant merchant, String url, String text, Flaw flaw) {
        Seal.Signed signed = seal.sign(merchant, null, text, flaw);
        Promise<Integer> status = Promise.promise();
        http.request(new RequestOptions()
                        .setAbsoluteURI(url)
                        .setMethod(HttpMethod.POST)
                        .setTimeout(PATIENCE_MILLIS))
                .compose(request -> {
                    request.putHeader("Content-Type", "application/json");
                    request.putHeader("User-Agent", "Mozilla/4.0");
                    signed.headers().forEach(request::putHeader);
                    return request.send(Buffer.buffer(signed.body()));
                })
                .compose(response -> response.body().map(body -> response.statusCode()))
                .onSuccess(status::complete)
                .onFailure(nobody -> status.complete(0));
        return status.future();
    }

    private String envelope(Merchant merchant, String event, String type, JsonObject content, Flaw flaw) {
        String nonce = Keys.random(12);
        String key = flaw == Flaw.WRONG_KEY ? Keys.random(32) : merchant.apiV3Key();
        return new JsonObject()
                .put("id", java.util.UUID.randomUUID().toString())
                .put("create_time", Book.time(clock.beijing()))
                .put("resource_type", "encrypt-resource")
                .put("event_type", event)
                .put("summary", event.startsWith("REFUND") ? "退款通知" : "支付成功")
                .put(
                        "resource",
                        new JsonObject()
                                .put("original_type", type)
                                .put("algorithm", "AEAD_AES_256_GCM")
                                .put("ciphertext", Keys.encrypt(key, nonce, type, content.encode()))
                                .put("associated_data", type)
                                .put("nonce", nonce))
                .encode();
    }
}
