package cloud.wuye.kit.payment;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** The simulator: WeChat Pay under {@code /v3}, WeChat's log-in under {@code /sns}, what makes things happen under {@code /_control}. On 127.0.0.1 only. */
public final class PaymentSimulator implements AutoCloseable {
    /** Where orders to the simulator go, see {@link Control}. */
    static final String CONTROL = "/_control/";

    private static final int LARGEST = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final SimulatorClock clock = new SimulatorClock();
    private final KeyBook keys;
    private final Seal seal;
    private final Book book = new Book(clock);
    private final Bills bills = new Bills(book);
    private final LineFaults faults = new LineFaults();
    private final MiniProgram miniProgram = new MiniProgram(clock);
    private final Control control;
    private final HttpServer server;

    private PaymentSimulator(Path directory, List<Duration> repetitions, Duration refundDelay) {
        keys = new KeyBook(directory);
        seal = new Seal(keys, clock);
        Notifier notifier = new Notifier(vertx, seal, clock, repetitions);
        control = new Control(vertx, keys, book, bills, faults, miniProgram, clock, notifier, refundDelay);
        server = vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1"));
    }

    /**
     * Starts it.
     *
     * @param port 0 takes any free one
     * @param directory where keys and merchants stay; null forgets them
     * @param repetitions the pauses before each repetition of a notice that was not taken
     * @param refundDelay after that a refund is done and told; null waits for an order to do so
     */
    public static PaymentSimulator start(int port, Path directory, List<Duration> repetitions, Duration refundDelay) {
        PaymentSimulator simulator = new PaymentSimulator(directory, repetitions, refundDelay);
        try {
            simulator
                    .server
                    .requestHandler(simulator::hear)
                    .listen(port)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
        } catch (ExecutionException e) {
            simulator.vertx.close();
            throw new IllegalStateException("the payment simulator cannot listen on " + port, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return simulator;
    }

    /** Its base address. */
    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void hear(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            if (body.length() > LARGEST) {
                request.response().setStatusCode(413).end();
            } else if (request.path().startsWith(CONTROL)) {
                control.obey(request, body.toString());
            } else {
                serve(request, body.toString());
            }
        });
    }

    private void serve(HttpServerRequest request, String body) {
        Optional<LineFaults.Now> fault = faults.next(request.path());
        LineFault what = fault.map(LineFaults.Now::fault).orElse(null);
        if (what == LineFault.CUT) {
            request.connection().close();
            return;
        }
        if (request.path().equals(MiniProgram.PATH)) {
            logIn(request, fault.orElse(null));
            return;
        }
        Optional<Merchant> caller = Caller.of(request, body, keys, clock.now());
        Flaw flaw = fault.map(LineFaults.Now::flaw).orElse(Flaw.NONE);
        if (request.path().equals("/v3/billdownload/file")) {
            download(request, caller);
            return;
        }
        Reply reply = what == LineFault.ERROR_500
                ? Reply.no(500, "SYSTEM_ERROR", "系统异常，请稍后重试")
                : what == LineFault.RATE_LIMITED
                        ? Reply.no(429, "FREQUENCY_LIMITED", "频率限制")
                        : caller.map(merchant -> answer(merchant, request, body))
                                .orElseGet(() -> Reply.no(401, "SIGN_ERROR", "签名错误"));
        if (what == LineFault.DONE_BUT_CUT) {
            request.connection().close();
        } else if (what == LineFault.SLOW) {
            vertx.setTimer(
                    Math.max(1, fault.get().delayMillis()), timer -> send(request, caller.orElse(null), reply, flaw));
        } else {
            send(
                    request,
                    caller.orElse(null),
                    what == LineFault.DONE_BUT_500 ? Reply.no(500, "SYSTEM_ERROR", "系统异常，请稍后重试") : reply,
                    flaw);
        }
    }

    private void logIn(HttpServerRequest request, LineFaults.Now fault) {
        LineFault what = fault == null ? null : fault.fault();
        String answer = what == null || what == LineFault.SLOW ? miniProgram.answer(request) : MiniProgram.busy();
        HttpServerResponse response = request.response()
                .setStatusCode(what == LineFault.ERROR_500 ? 500 : 200)
                .putHeader("Content-Type", "text/plain");
        if (what == LineFault.SLOW) {
            vertx.setTimer(Math.max(1, fault.delayMillis()), timer -> response.end(answer));
        } else {
            response.end(answer);
        }
    }

    private Reply answer(Merchant merchant, HttpServerRequest request, String body) {
        String path = request.path();
        String method = request.method().name();
        try {
            if (method.equals("POST") && path.equals("/v3/pay/transactions/jsapi")) {
                return book.create(merchant, new JsonObject(body), "JSAPI");
            }
            if (method.equals("POST") && path.equals("/v3/pay/transactions/native")) {
                return book.create(merchant, new JsonObject(body), "NATIVE");
            }
            if (path.startsWith("/v3/pay/transactions/out-trade-no/")) {
                return order(merchant, request, body, path.split("/"));
            }
            if (method.equals("POST") && path.equals("/v3/refund/domestic/refunds")) {
                Reply reply = book.refund(merchant, new JsonObject(body));
                control.refundAccepted(merchant, reply);
                return reply;
            }
            if (method.equals("GET") && path.startsWith("/v3/refund/domestic/refunds/")) {
                return book.queryRefund(merchant, path.substring(path.lastIndexOf('/') + 1));
            }
            if (method.equals("GET") && path.equals("/v3/certificates")) {
                return certificates(merchant);
            }
            if (method.equals("GET") && path.matches("/v3/bill/(tradebill|fundflowbill)")) {
                return bill(merchant, request, path.endsWith("fundflowbill"));
            }
        } catch (DecodeException | ClassCastException | NullPointerException malformed) {
            return Reply.no(400, "PARAM_ERROR", "请求体不是有效的 JSON");
        }
        return Reply.no(404, "NOT_FOUND", "接口不存在");
    }

    private Reply order(Merchant merchant, HttpServerRequest request, String body, String[] path) {
        boolean closing = path.length == 7 && path[6].equals("close");
        String mchid = closing ? new JsonObject(body).getString("mchid") : request.getParam("mchid");
        if (!merchant.mchid().equals(mchid)) {
            return Reply.no(400, "PARAM_ERROR", "mchid");
        }
        return closing ? book.close(merchant, path[5]) : book.query(merchant, path[5]);
    }

    private Reply bill(Merchant merchant, HttpServerRequest request, boolean flows) {
        try {
            LocalDate day = LocalDate.parse(String.valueOf(request.getParam("bill_date")));
            if (!clock.billReady(day)) {
                return Reply.no(400, "STATEMENT_CREATING", "账单生成中，请在次日上午 10 点以后下载");
            }
            return bills.announce(merchant, day, flows)
                    .map(json -> Reply.ok(json.put("download_url", url() + json.getString("download_url"))))
                    .orElseGet(() -> Reply.no(400, "NO_STATEMENT_EXIST", "账单文件不存在"));
        } catch (DateTimeException e) {
            return Reply.no(400, "PARAM_ERROR", "bill_date");
        }
    }

    private Reply certificates(Merchant merchant) {
        JsonArray data = new JsonArray();
        keys.openKeys().forEach(each -> {
            JsonObject key = (JsonObject) each;
            String nonce = Keys.random(12);
            data.add(new JsonObject()
                    .put("serial_no", key.getString("serial"))
                    .put("effective_time", Book.time(clock.beijing().minusDays(1)))
                    .put("expire_time", Book.time(clock.beijing().plusYears(4)))
                    .put(
                            "encrypt_certificate",
                            new JsonObject()
                                    .put("algorithm", "AEAD_AES_256_GCM")
                                    .put("nonce", nonce)
                                    .put("associated_data", "certificate")
                                    .put(
                                            "ciphertext",
                                            Keys.encrypt(
                                                    merchant.apiV3Key(),
                                                    nonce,
                                                    "certificate",
                                                    key.getString("certificate")))));
        });
        return Reply.ok(new JsonObject().put("data", data));
    }

    private void download(HttpServerRequest request, Optional<Merchant> caller) {
        Optional<byte[]> packed = caller.flatMap(merchant -> bills.packed(request.getParam("token")));
        HttpServerResponse response = request.response();
        if (packed.isPresent()) {
            response.putHeader("Content-Type", "application/octet-stream").end(Buffer.buffer(packed.get()));
        } else {
            response.setStatusCode(caller.isPresent() ? 404 : 401).end();
        }
    }

    private void send(HttpServerRequest request, Merchant merchant, Reply reply, Flaw flaw) {
        Seal.Signed signed = seal.sign(merchant, request.getHeader("Wechatpay-Serial"), reply.text(), flaw);
        HttpServerResponse response = request.response();
        response.setStatusCode(reply.status());
        signed.headers().forEach(response::putHeader);
        if (reply.status() == 204) {
            response.end();
        } else {
            response.putHeader("Content-Type", "application/json; charset=utf-8")
                    .end(signed.body());
        }
    }
}
