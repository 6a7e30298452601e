package cloud.wuye.identity.wechat;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.device.metering.resident.TestHomes;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.secret.RewrapSecrets;
import cloud.wuye.platform.secret.SecretBox;
import cloud.wuye.platform.secret.TestKeys;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A code of the mini-program becomes an openid at WeChat's server, once, and the openid one resident's. */
@QuarkusTest
class LinkWeChatTest {
    private static final String LINK =
            "mutation($c:String!,$r:Boolean){l:linkMyWeChat(code:$c replace:$r){id weChatSince}}";
    private static final String SINCE = "{me{resident{weChatSince}}}";

    @Inject
    TestHomes homes;

    @Inject
    TestDevices tables;

    @Inject
    Db db;

    @Inject
    WeChatApps apps;

    @Inject
    Audit audit;

    @Inject
    SecretBox box;

    private TestTenant company;
    private SimulatedPayments weChat;
    private String sun;

    @BeforeEach
    void anAppAndTwoResidents() {
        company = TestTenants.fresh();
        weChat = SimulatedPayments.fresh();
        weChat.openAppFor(company.manager());
        sun = homes.person(company, "sun");
        homes.person(company, "qian");
    }

    @Test
    void aCodeLinksOnceAndTheSameAgainChangesNothing() {
        assertNull(as("sun").ask(SINCE).getString("me.resident.weChatSince"));
        String code = weChat.login("o-sun");
        String since = as("sun").ask(LINK, "c", code).getString("l.weChatSince");
        assertNotNull(since);
        assertEquals("o-sun", openIdOf(sun));
        refusedWith("40163", as("sun").refused("WECHAT_CODE_REFUSED", LINK, "c", code));
        refusedWith("40029", as("sun").refused("WECHAT_CODE_REFUSED", LINK, "c", "made-up"));
        as("sun").refused("VALIDATION", LINK, "c", " ");

        assertEquals(since, as("sun").ask(LINK, "c", weChat.login("o-sun")).getString("l.weChatSince"));
        assertEquals(since, as("sun").ask(SINCE).getString("me.resident.weChatSince"));
        assertEquals(1, entries("resident.linkWeChat").size());
        // Staff see that, and nobody sees whom.
        JsonPath seen = manager().ask("query($i:ID!){resident(id:$i){weChatSince}}", "i", sun);
        assertEquals(since, seen.getString("resident.weChatSince"));
        assertFalse(manager()
                .ask("{auditEntries(first:50){nodes{before after}}}")
                .prettify()
                .contains("o-sun"));
    }

    @Test
    void anotherWeChatHasToBeWanted() {
        as("sun").ask(LINK, "c", weChat.login("o-sun"));
        as("sun").refused("WECHAT_LINKED_ALREADY", LINK, "c", weChat.login("o-new"));
        assertEquals("o-sun", openIdOf(sun));
        as("sun").ask(LINK, "c", weChat.login("o-new"), "r", true);
        assertEquals("o-new", openIdOf(sun));
        assertEquals(2, entries("resident.linkWeChat").size());
        // The old one is free.
        as("qian").ask(LINK, "c", weChat.login("o-sun"));
    }

    @Test
    void aWeChatIsOneResidentsUntilItIsUnlinked() {
        as("sun").ask(LINK, "c", weChat.login("o-sun"));
        as("qian").refused("WECHAT_LINKED_ELSEWHERE", LINK, "c", weChat.login("o-sun"));
        as("qian").refused("WECHAT_LINKED_ELSEWHERE", LINK, "c", weChat.login("o-sun"), "r", true);

        String unlink = "mutation($i:ID!){unlinkWeChat(id:$i reason:\"lost telephone\"){weChatSince}}";
        Graph.as(company.technician()).refused("FORBIDDEN", unlink, "i", sun);
        Graph.as(TestTenants.fresh().manager()).refused("NOT_FOUND", unlink, "i", sun);
        assertNull(manager().ask(unlink, "i", sun).getString("unlinkWeChat.weChatSince"));
        as("qian").ask(LINK, "c", weChat.login("o-sun"));
        as("qian").ask("mutation{unlinkMyWeChat{id}}");
        as("qian").ask("mutation{unlinkMyWeChat{id}}");
        assertEquals(2, entries("resident.unlinkWeChat").size());
        as("sun").ask(LINK, "c", weChat.login("o-sun"));
    }

    /** The same person lives with two companies that share an app. */
    @Test
    void anotherCompanysResidentsAreNobodysBusiness() {
        as("sun").ask(LINK, "c", weChat.login("o-sun"));
        TestTenant other = TestTenants.fresh();
        weChat.openAppFor(other.manager());
        homes.person(other, "sun");
        Graph.as(other.resident("sun")).ask(LINK, "c", weChat.login("o-sun"));
    }

    @Test
    void ofManyWhoLinkTheSameWeChatAtOnceOneDoes() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            names.add("person" + i);
            homes.person(company, "person" + i);
        }
        List<CompletableFuture<String>> answers = names.stream()
                .map(name -> CompletableFuture.supplyAsync(() -> linked(name, "o-same")))
                .toList();
        Map<String, Integer> codes = new TreeMap<>();
        answers.forEach(answer -> codes.merge(answer.join(), 1, Integer::sum));
        assertEquals(Map.of("LINKED", 1, "WECHAT_LINKED_ELSEWHERE", 5), codes);
        assertEquals(
                "1",
                tables.one(
                        "SELECT count(*) FROM resident_wechat WHERE tenant_id = ? AND openid = 'o-same'",
                        company.id()));
    }

    @Test
    void whileWeChatIsAwayNothingIsLinkedAndAfterwardsItIs() {
        for (String fault : List.of("ERROR_500", "CUT", "RATE_LIMITED")) {
            weChat.fault(fault, "/sns/jscode2session", "times", 1);
            as("sun").refused("WECHAT_UNAVAILABLE", LINK, "c", weChat.login("o-sun"));
        }
        weChat.fault("SLOW", "/sns/jscode2session", "times", 1, "delayMillis", 8000);
        as("sun").refused("WECHAT_UNAVAILABLE", LINK, "c", weChat.login("o-sun"));
        assertNull(openIdOf(sun));
        as("sun").ask(LINK, "c", weChat.login("o-sun"));
        assertEquals("o-sun", openIdOf(sun));
    }

    @Test
    void withoutAnAppOrWithAWrongSecretNobodyIsLinked() {
        TestTenant bare = TestTenants.fresh();
        homes.person(bare, "sun");
        Graph.as(bare.resident("sun")).refused("WECHAT_APP_NOT_CONFIGURED", LINK, "c", "code");
        as("nobody").refused("RESIDENT_UNKNOWN", LINK, "c", "code");
        manager().refused("FORBIDDEN", LINK, "c", "code");

        configure("{appid:\"" + weChat.text("/appid") + "\" appSecret:\"0123456789abcdef\"}");
        as("sun").refused("WECHAT_APP_REFUSED", LINK, "c", weChat.login("o-sun"));
        assertNull(openIdOf(sun));
    }

    @Test
    void theSecretIsSealedAndCannotBeReadBack() throws Throwable {
        String secret = weChat.appSecret();
        JsonPath seen = manager().ask("{weChatApp{appid secretFingerprint updatedAt}}");
        assertEquals(weChat.text("/appid"), seen.getString("weChatApp.appid"));
        String sealed = tables.one("SELECT secret FROM wechat_app WHERE tenant_id = ?", company.id());
        assertFalse(sealed.contains(secret));
        assertEquals(secret, box.open(company.id(), WeChatApp.SECRET, sealed));
        assertFalse(
                manager().ask("{auditEntries{nodes{before after}}}").prettify().contains(secret));
        Graph.as(company.finance()).refused("FORBIDDEN", "{weChatApp{appid}}");
        as("sun").refused("FORBIDDEN", "{weChatApp{appid}}");

        // Left out it stays; another app needs its own.
        configure("{appid:\"" + weChat.text("/appid") + "\"}");
        assertEquals(sealed, tables.one("SELECT secret FROM wechat_app WHERE tenant_id = ?", company.id()));
        manager().refused("PAYMENT_SECRET_MISSING", "mutation{configureWeChatApp(input:{appid:\"wxanother\"}){appid}}");

        SecretBox both = TestKeys.box("next", "test", "next");
        assertTrue(subscribeAndAwait(() -> sealAnew(both)) >= 1);
        assertEquals(0, subscribeAndAwait(() -> sealAnew(both)));
        String anew = tables.one("SELECT secret FROM wechat_app WHERE tenant_id = ?", company.id());
        assertNotEquals(sealed, anew);
        assertEquals(secret, TestKeys.box("next", "next").open(company.id(), WeChatApp.SECRET, anew));
        // Back to the key that the running service knows.
        subscribeAndAwait(() -> sealAnew(TestKeys.box("test", "test", "next")));
    }

    private Uni<Integer> sealAnew(SecretBox with) {
        return new RewrapSecrets(db, with, List.of()).all(new SealedApps(apps, with, audit));
    }

    /** What somebody is told who links this WeChat; whoever got no answer of the API's asks again. */
    private String linked(String name, String openid) {
        for (int attempt = 0; attempt < 3; attempt++) {
            JsonPath answer = as(name).send(LINK, "c", weChat.login(openid));
            if (answer.getString("data.l.id") != null) {
                return "LINKED";
            }
            if (answer.getString("errors[0].extensions.code") != null) {
                return answer.getString("errors[0].extensions.code");
            }
        }
        return "no answer";
    }

    private void configure(String input) {
        manager().ask("mutation{configureWeChatApp(input:" + input + "){appid}}");
    }

    private static void refusedWith(String errcode, JsonPath answer) {
        assertTrue(answer.prettify().contains(errcode), answer::prettify);
    }

    private List<String> entries(String act) {
        return manager()
                .ask("query($a:String!){auditEntries(filter:{act:$a}){nodes{id}}}", "a", act)
                .getList("auditEntries.nodes.id");
    }

    private String openIdOf(String resident) {
        return tables
                .rows("SELECT openid FROM resident_wechat WHERE resident_id = ?", java.util.UUID.fromString(resident))
                .stream()
                .findFirst()
                .orElse(null);
    }

    private Graph as(String username) {
        return Graph.as(company.resident(username));
    }

    private Graph manager() {
        return Graph.as(company.manager());
    }
}
