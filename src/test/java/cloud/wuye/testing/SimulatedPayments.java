package cloud.wuye.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** A merchant at the payment simulator, and what happens to its orders there. */
public final class SimulatedPayments {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final String mchid = "19" + ThreadLocalRandom.current().nextInt(10_000_000, 100_000_000);
    private final JsonNode account;

    private SimulatedPayments(String url, String appid, boolean prefersCertificate) {
        this.url = url;
        this.account = order(
                "merchants",
                Map.of("appid", appid == null ? "wx" + mchid : appid, "prefersCertificate", prefersCertificate));
    }

    /** A new merchant at the simulator of this address. */
    public static SimulatedPayments at(String url) {
        return new SimulatedPayments(url, null, false);
    }

    /** A new merchant of the kit's simulator. */
    public static SimulatedPayments fresh() {
        return at(KitServers.shared().fact("payment.url"));
    }

    /** A new merchant of the kit's simulator with an app of this id. */
    public static SimulatedPayments withApp(String appid) {
        return new SimulatedPayments(KitServers.shared().fact("payment.url"), appid, false);
    }

    /** A new merchant to whom is signed under certificates. */
    public static SimulatedPayments preferringCertificates() {
        return new SimulatedPayments(KitServers.shared().fact("payment.url"), null, true);
    }

    /** Everything about the merchant: {@code appid}, {@code serial}, {@code privateKey}, {@code apiV3Key}, {@code platform}. */
    public JsonNode account() {
        return account;
    }

    public String mchid() {
        return mchid;
    }

    public String text(String pointer) {
        return account.at(pointer).asText();
    }

    /** Enters the account as this manager does, tests and opens it. */
    public void openFor(String managersToken) {
        Graph manager = Graph.as(managersToken);
        manager.ask("mutation($i:ConfigureWeChatPayInput!){configureWeChatPay(input:$i){kind}}", "i", input());
        assertEquals(
                "OK",
                manager.ask("mutation{testPaymentChannel(kind:WECHAT_PAY){test{outcome}}}")
                        .getString("testPaymentChannel.test.outcome"));
        manager.ask("mutation{enablePaymentChannel(kind:WECHAT_PAY){enabled}}");
    }

    /** The manager enters the mini-program in which the merchant is paid. */
    public void openAppFor(String managersToken) {
        Graph.as(managersToken)
                .ask(
                        "mutation($a:String!,$s:String!){configureWeChatApp(input:{appid:$a appSecret:$s}){appid}}",
                        "a",
                        text("/appid"),
                        "s",
                        appSecret());
    }

    /** The secret of that mini-program. */
    public String appSecret() {
        return order("apps", Map.of("appid", text("/appid"))).path("secret").asText();
    }

    /** Somebody opens the mini-program: the code that {@code wx.login} gives them. */
    public String login(String openid) {
        return order("login", Map.of("appid", text("/appid"), "openid", openid))
                .path("code")
                .asText();
    }

    /** The account as it is entered. */
    public Map<String, Object> input() {
        boolean certificate = account.path("prefersCertificate").asBoolean();
        return new HashMap<>(Map.of(
                "appid",
                text("/appid"),
                "merchantNo",
                mchid,
                "merchantSerial",
                text("/serial"),
                "apiV3Key",
                text("/apiV3Key"),
                "merchantKey",
                text("/privateKey"),
                "channelKeys",
                List.of(Map.of(
                        "name",
                        text(certificate ? "/platform/serial" : "/platform/publicKeyId"),
                        "pem",
                        text(certificate ? "/platform/certificate" : "/platform/publicKey")))));
    }

    /** The account as it is entered, as a GraphQL literal. */
    public String literal() {
        return literal(input());
    }

    private static String literal(Object value) {
        if (value instanceof Map<?, ?> fields) {
            return fields.entrySet().stream()
                    .map(field -> field.getKey() + ": " + literal(field.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        if (value instanceof List<?> all) {
            return all.stream().map(SimulatedPayments::literal).collect(Collectors.joining(", ", "[", "]"));
        }
        return JSON.valueToTree(value).toString();
    }

    /** The payer pays; answers with the statuses of the notices that followed. */
    public List<Integer> pay(String outTradeNo, Object... more) {
        return statuses(order("pay", with(more, "outTradeNo", outTradeNo)));
    }

    /** Tells of an order again. */
    public List<Integer> tell(String outTradeNo, Object... more) {
        return statuses(order("notify", with(more, "outTradeNo", outTradeNo)));
    }

    /** A refund comes to its end; answers with the statuses of the notices that followed. */
    public List<Integer> settle(String outRefundNo, Object... more) {
        return statuses(order("refunds/settle", with(more, "outRefundNo", outRefundNo)));
    }

    /** Something goes wrong with the next call whose path contains this. */
    public void fault(String fault, String path, Object... more) {
        Map<String, Object> body = with(more, "fault", fault);
        body.put("path", path);
        order("faults", body);
    }

    /** Any other order to the simulator, for this merchant. */
    public JsonNode order(String act, Map<String, ?> body) {
        Map<String, Object> whole = new HashMap<>(body);
        whole.put("mchid", mchid);
        try {
            HttpResponse<String> answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create(url + "/_control/" + act))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(whole)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<Integer> statuses(JsonNode answer) {
        List<Integer> statuses = new ArrayList<>();
        answer.path("notices").forEach(status -> statuses.add(status.asInt()));
        return statuses;
    }

    private static Map<String, Object> with(Object[] more, String name, String value) {
        Map<String, Object> body = new HashMap<>();
        body.put(name, value);
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }
}
