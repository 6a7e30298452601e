package cloud.wuye.payment;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.platform.db.Db;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PaymentChannelApiTest {
    private static final String CONFIGURE =
            """
            mutation($i:ConfigureWeChatPayInput!) { configureWeChatPay(input: $i) {
              kind enabled appid merchantNo merchantSerial apiV3KeyFingerprint merchantKeyFingerprint channelKeys
              test { passed outcome at } updatedAt } }""";
    private static final String TEST = "mutation{testPaymentChannel(kind:WECHAT_PAY){test{passed outcome at}}}";
    private static final String ENABLE = "mutation{enablePaymentChannel(kind:WECHAT_PAY){enabled}}";
    private static final String CHANNEL =
            "{paymentChannel(kind:WECHAT_PAY){enabled apiV3KeyFingerprint test{outcome}}}";

    @Inject
    Db db;

    private TestTenant company;
    private SimulatedPayments merchant;
    private Graph manager;

    @BeforeEach
    void account() {
        company = TestTenants.fresh();
        merchant = SimulatedPayments.fresh();
        manager = Graph.as(company.manager());
    }

    @Test
    void secretsGoInAndOnlyFingerprintsComeOut() throws Throwable {
        assertNull(manager.ask(CHANNEL).get("paymentChannel"));
        JsonPath answer = manager.ask(CONFIGURE, "i", merchant.input());
        assertEquals(
                16, answer.getString("configureWeChatPay.apiV3KeyFingerprint").length());
        assertEquals(List.of(merchant.text("/platform/publicKeyId")), answer.getList("configureWeChatPay.channelKeys"));
        manager.ask(TEST);
        manager.ask(ENABLE);
        String secret = merchant.text("/apiV3Key");
        String keyLine = merchant.text("/privateKey").split("\n")[3];
        String everything = manager.ask("{auditEntries(first:50){nodes{act before after reason}}}")
                        .prettify()
                + manager.ask(CHANNEL).prettify()
                + answer.prettify()
                + database();
        assertTrue(everything.contains("paymentChannel.configure"), everything);
        assertTrue(everything.contains("v1:test:"), everything);
        assertFalse(everything.contains(secret));
        assertFalse(everything.contains(keyLine));
    }

    @Test
    void secretsThatAreLeftOutStay() {
        String before = fingerprint(manager.ask(CONFIGURE, "i", merchant.input()));
        Map<String, Object> input = merchant.input();
        input.remove("apiV3Key");
        input.remove("merchantKey");
        assertEquals(before, fingerprint(manager.ask(CONFIGURE, "i", input)));
        assertTrue(manager.ask(TEST).getBoolean("testPaymentChannel.test.passed"));
        input.put("apiV3Key", "f".repeat(32));
        assertNotEquals(before, fingerprint(manager.ask(CONFIGURE, "i", input)));
    }

    @Test
    void changedSettingsHaveToBeTestedBeforeTheyAreOpened() {
        manager.refused("PAYMENT_CHANNEL_NOT_CONFIGURED", ENABLE);
        manager.refused("PAYMENT_CHANNEL_NOT_CONFIGURED", TEST);
        manager.ask(CONFIGURE, "i", merchant.input());
        manager.refused("PAYMENT_CHANNEL_UNTESTED", ENABLE);
        Map<String, Object> wrong = merchant.input();
        wrong.put("merchantSerial", "ABCDEF0123456789");
        manager.ask(CONFIGURE, "i", wrong);
        JsonPath tested = manager.ask(TEST);
        assertFalse(tested.getBoolean("testPaymentChannel.test.passed"));
        assertTrue(tested.getString("testPaymentChannel.test.outcome").contains("SIGN_ERROR"), tested.prettify());
        manager.refused("PAYMENT_CHANNEL_UNTESTED", ENABLE);
        manager.ask(CONFIGURE, "i", merchant.input());
        manager.ask(TEST);
        assertTrue(manager.ask(ENABLE).getBoolean("enablePaymentChannel.enabled"));
        assertTrue(manager.ask(ENABLE).getBoolean("enablePaymentChannel.enabled"));
        // Another key: open as before, and untested.
        assertTrue(manager.ask(CONFIGURE, "i", merchant.input()).getBoolean("configureWeChatPay.enabled"));
        assertNull(manager.ask(CHANNEL).get("paymentChannel.test.outcome"));
        // Another merchant: shut.
        assertFalse(manager.ask(CONFIGURE, "i", SimulatedPayments.fresh().input())
                .getBoolean("configureWeChatPay.enabled"));
    }

    @Test
    void whatIsNoKeyIsRefusedByNameAndNotRepeated() {
        Map<String, Object> input = merchant.input();
        input.put("merchantKey", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----");
        JsonPath refused = manager.refused("PAYMENT_KEY_INVALID", CONFIGURE, "i", input);
        assertEquals("input.merchantKey", refused.getString("errors[0].extensions.field"));
        assertFalse(refused.prettify().contains("c2VjcmV0"));
        input = merchant.input();
        input.put("channelKeys", List.of(Map.of("name", "PUB_KEY_ID_1", "pem", "nonsense")));
        manager.refused("PAYMENT_KEY_INVALID", CONFIGURE, "i", input);
        input = merchant.input();
        input.put("apiV3Key", "too short, this secret");
        refused = manager.refused("VALIDATION", CONFIGURE, "i", input);
        assertFalse(refused.prettify().contains("too short"));
        input = merchant.input();
        input.remove("apiV3Key");
        manager.refused("PAYMENT_SECRET_MISSING", CONFIGURE, "i", input);
    }

    @Test
    void onlyManagersTouchItAndFinanceSeesIt() {
        manager.ask(CONFIGURE, "i", merchant.input());
        for (String token : List.of(company.finance(), company.technician(), company.resident())) {
            Graph.as(token).refused("FORBIDDEN", CONFIGURE, "i", merchant.input());
            Graph.as(token).refused("FORBIDDEN", ENABLE);
            Graph.as(token).refused("FORBIDDEN", TEST);
        }
        Graph.as(company.technician()).refused("FORBIDDEN", CHANNEL);
        assertFalse(Graph.as(company.finance()).ask(CHANNEL).getBoolean("paymentChannel.enabled"));
        assertNull(Graph.as(TestTenants.fresh().manager()).ask(CHANNEL).get("paymentChannel"));
    }

    private static String fingerprint(JsonPath configured) {
        return configured.getString("configureWeChatPay.apiV3KeyFingerprint");
    }

    private String database() throws Throwable {
        return subscribeAndAwait(() -> db.forTenantSql(company.id(), connection -> connection
                .query("select (select string_agg(c::text, '') from payment_channel c)"
                        + " || (select string_agg(a::text, '') from audit_entry a)")
                .execute()
                .map(rows -> rows.iterator().next().getString(0))));
    }
}
