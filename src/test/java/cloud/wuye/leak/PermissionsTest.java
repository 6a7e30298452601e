package cloud.wuye.leak;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cloud.wuye.device.inbox.TestDevices;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.graphql.GraphQLSocket;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.tenant.TenantRegistry;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;
import cloud.wuye.testing.TestTenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who may do what: {@code docs/reference/permissions.md} is what the annotations say, and what the annotations say is what
 * happens, at every root field of the running schema and every REST door, for every role and for none.
 */
@QuarkusTest
class PermissionsTest {
    private static final Path PAGE = Path.of("docs/reference/permissions.md");
    /** How long a refusal that has to come over a socket may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** How long one that must not come is waited for. */
    private static final Duration MOMENT = Duration.ofMillis(400);

    /** One's own company, of which residents are told less: see below. */
    private static final String MEANT = "PropertyCompany below me";

    private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

    static {
        COLUMNS.put(Roles.MANAGER, "经理 Manager");
        COLUMNS.put(Roles.FINANCE, "财务 Finance");
        COLUMNS.put(Roles.TECHNICIAN, "技术员 Technician");
        COLUMNS.put(Roles.RESIDENT, "住户 Resident");
        COLUMNS.put(Roles.PLATFORM_OPERATOR, "平台运营 Platform operator");
    }

    private static final Map<String, String> HEADINGS = Map.of(
            "Query", "查询 Queries",
            "Mutation", "变更 Mutations",
            "Subscription", "订阅 Subscriptions",
            "Field", "有自己权限的字段 Fields with roles of their own",
            "REST", "REST 入口 REST doors");

    private static final String HEAD =
            """
            # Permissions 权限

            Who may ask what. A token without a role that is ticked is answered `FORBIDDEN`, no token `UNAUTHENTICATED`. A
            manager, accountant or technician sees and moves what is their own company's, nothing else; what belongs to
            another company is answered as if it were not there. A resident sees themselves, the spaces they live or work in
            and what they were told, nothing that is staff's. Fields not listed are shown to whoever is shown what they belong
            to. Doors with a key are the broker's. Written from the code's annotations by `PermissionsTest`, which also knocks
            at each root field with every role and with none, as `DoorLeakTest` does at the REST doors; rewrite it with
            `-Dwuye.docs.rewrite=true`.

            下表列出每个角色可以调用的入口。没有所需角色时返回 `FORBIDDEN`，未登录时返回 `UNAUTHENTICATED`。
            员工只能查看和操作本公司的数据；其他公司的数据视同不存在。住户只能看到自己的档案、所住空间和收到的消息。标有“密钥”的入口只供 MQTT 服务器使用。本页由 `PermissionsTest` 根据代码中的注解生成并逐项验证。
            """;

    @Inject
    TestDevices tables;

    @Inject
    TenantRegistry registry;

    private final Map<String, String> tokens = new HashMap<>();
    private TestTenant company;

    @BeforeEach
    void aCompany() {
        company = TestTenants.create("permissions");
    }

    @Test
    void thePageIsWhatTheCodeSays() throws IOException {
        String page = page(Permission.all());
        if (Boolean.getBoolean("wuye.docs.rewrite")) {
            Files.writeString(PAGE, page);
        }
        assertEquals(page, Files.readString(PAGE), "rewrite with -Dwuye.docs.rewrite=true");
    }

    @Test
    void everyDoorNamesWhoMayEnter() {
        Set<String> inTheCode = new TreeSet<>();
        List<String> nobody = new ArrayList<>();
        for (Permission each : Permission.all()) {
            if (!each.kind().equals("REST") && !each.kind().equals("Field")) {
                inTheCode.add(each.name());
            }
            if (each.roles().isEmpty() && !Doors.askForAKey(each.name())) {
                nobody.add(each.kind() + " " + each.name());
            }
        }
        assertEquals(List.of(), nobody, "open to whoever comes");
        assertEquals(
                RootField.all().stream().map(RootField::name).collect(Collectors.toCollection(TreeSet::new)),
                inTheCode);
    }

    @Test
    void eachRoleIsLetInOrRefusedAsThePageSays() throws InterruptedException {
        Map<String, Permission> said = Permission.all().stream()
                .filter(each -> !each.kind().equals("REST"))
                .collect(Collectors.toMap(Permission::name, each -> each));
        List<String> wrong = new ArrayList<>();
        String nobodys = company.as("wu");
        for (RootField field : RootField.all()) {
            // Nobody's id: whoever is let in finds nothing.
            String knock = field.knock(Ids.next().toString(), Samples.ALL);
            for (String role : COLUMNS.keySet()) {
                boolean admitted = said.get(field.name()).admits(role);
                boolean in = !"FORBIDDEN".equals(answer(field, tokenOf(role), knock, admitted ? MOMENT : PATIENCE));
                if (in != admitted) {
                    wrong.add(field.name() + (in ? " lets in a " : " refuses a ") + role);
                }
            }
            if (said.get(field.name()).roles() != Permission.EVERYONE) {
                expect(wrong, field, "FORBIDDEN", answer(field, nobodys, knock, PATIENCE));
            }
            expect(wrong, field, "UNAUTHENTICATED", answer(field, null, knock, PATIENCE));
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void aResidentMayOnlyAskWhatIsTheirsAndSomebodyWithoutARoleWhoTheyAre() {
        assertEquals(
                List.of(
                        "me",
                        "myMessages",
                        "myMeterBills",
                        "myMeters",
                        "myPaymentRecords",
                        "quoteMyMeterBill",
                        "quoteMyTopUp",
                        "linkMyWeChat",
                        "markMessagesRead",
                        "payMyMeterBill",
                        "payMyTopUp",
                        "topUpMyMeter",
                        "unlinkMyWeChat",
                        "useMyEmergencyCredit",
                        "myInbox"),
                Permission.all().stream()
                        .filter(each -> each.admits(Roles.RESIDENT))
                        .map(Permission::name)
                        .toList());
        assertEquals(
                List.of("me"),
                Permission.all().stream()
                        .filter(each -> each.roles() == Permission.EVERYONE)
                        .map(Permission::name)
                        .toList());
    }

    /** What a role may not ask for it does not find below something that it may ask for either. */
    @Test
    void noRoleSeesRoundACornerWhatItMayNotAskFor() {
        List<String> leaks = new ArrayList<>();
        List<RootField> fields = RootField.all().stream()
                .filter(each -> !each.operation().equals("mutation"))
                .toList();
        Map<String, Permission> said =
                Permission.all().stream().collect(Collectors.toMap(Permission::name, each -> each));
        for (String role : COLUMNS.keySet()) {
            Set<String> mayAskFor = fields.stream()
                    .filter(each -> said.get(each.name()).admits(role))
                    .map(RootField::thing)
                    .collect(Collectors.toSet());
            for (RootField open : fields) {
                if (said.get(open.name()).admits(role)) {
                    fields.stream()
                            .filter(closed -> !mayAskFor.contains(closed.thing()))
                            .filter(closed -> open.reaches(
                                    closed.thing(),
                                    field -> !said.containsKey(field)
                                            || said.get(field).admits(role)))
                            .filter(closed -> !MEANT.equals(closed.thing() + " below " + open.name()))
                            .forEach(closed -> leaks.add(role + " finds " + closed.thing() + " below " + open.name()));
                }
            }
        }
        assertEquals(List.of(), leaks);
    }

    @Test
    void onlyStaffAreToldTheOperatorsWordsAboutTheirCompany() throws Throwable {
        tables.run("UPDATE tenant SET status_reason = 'has paid its debts' WHERE id = ?", company.id());
        subscribeAndAwait(registry::refresh);
        String me = "{me{company{code statusReason}}}";
        assertEquals(
                "has paid its debts", Graph.as(company.technician()).ask(me).getString("me.company.statusReason"));
        for (String token : List.of(company.resident(), company.as("wu"))) {
            JsonPath answer = Graph.as(token).ask(me);
            assertEquals(company.code(), answer.getString("me.company.code"));
            assertNull(answer.getString("me.company.statusReason"));
        }
    }

    private static void expect(List<String> wrong, RootField field, String code, String answered) {
        if (!code.equals(answered)) {
            wrong.add(field.name() + " answers " + answered + " instead of " + code);
        }
    }

    private String tokenOf(String role) {
        return tokens.computeIfAbsent(role, this::freshTokenOf);
    }

    private String freshTokenOf(String role) {
        return role.equals(Roles.PLATFORM_OPERATOR) ? TestTenants.operator() : company.as("role-" + role, role);
    }

    /** The code of the first error, or null; a socket is listened to for so long. */
    private static String answer(RootField field, String token, String document, Duration within)
            throws InterruptedException {
        if (field.operation().equals("subscription")) {
            return heard(token, document, within);
        }
        return token == null
                ? given().contentType(ContentType.JSON)
                        .body(Map.of("query", document))
                        .post("/graphql")
                        .jsonPath()
                        .getString("errors[0].extensions.code")
                : Graph.as(token).send(document).getString("errors[0].extensions.code");
    }

    /** A refusal comes as an error or as the only event; who is let in hears nothing of nobody's ids. */
    private static String heard(String token, String document, Duration within) throws InterruptedException {
        try (GraphQLSocket socket = GraphQLSocket.greeted(token)) {
            socket.subscribe("1", document);
            return refusal(socket, within);
        }
    }

    private static String refusal(GraphQLSocket socket, Duration within) throws InterruptedException {
        long end = System.nanoTime() + within.toNanos();
        while (System.nanoTime() < end) {
            for (JsonObject message : socket.heard()) {
                for (String code : List.of("FORBIDDEN", "UNAUTHENTICATED")) {
                    if (message.encode().contains("\"" + code + "\"")) {
                        return code;
                    }
                }
            }
            Thread.sleep(10);
        }
        return null;
    }

    private static String page(List<Permission> permissions) {
        StringBuilder page = new StringBuilder(HEAD);
        String kind = null;
        for (Permission each : permissions) {
            if (!each.kind().equals(kind)) {
                kind = each.kind();
                page.append("\n## ").append(HEADINGS.get(kind)).append("\n\n| |");
                COLUMNS.values()
                        .forEach(column -> page.append(' ').append(column).append(" |"));
                page.append("\n|---|").append(":-:|".repeat(COLUMNS.size())).append('\n');
            }
            page.append("| `").append(each.name()).append("` |");
            for (String role : COLUMNS.keySet()) {
                page.append(each.roles().isEmpty() ? " 密钥 key |" : each.admits(role) ? " ✓ |" : " |");
            }
            page.append('\n');
        }
        return page.toString();
    }
}
