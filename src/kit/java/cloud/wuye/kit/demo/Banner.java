package cloud.wuye.kit.demo;

import cloud.wuye.kit.demo.DemoCompany.DemoPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a developer wants to know when everything runs: what is where, who can log in, and a first question. */
final class Banner {
    /** A first question: it is asked by the one-liner. */
    static final String QUERY = "{ meters(first: 3) { edges { node { serialNo name connectivity space { name }"
            + " latestReading { value readAt } } } } }";

    /** A resident's first question: what is left, and why it is dark. */
    static final String MONEY_QUERY =
            "{ myMeters { meterNo name mode credit unit supply heldFor } myPaymentRecords(first: 3) { nodes {"
                    + " payableFen feeFen paidFen quantity before after status { zh en } } } }";

    private static final Map<String, String> ROLES = Map.of(
            "manager", "manager 经理",
            "finance", "finance 财务",
            "technician", "technician 技工",
            "resident", "resident 住户");

    private final DemoPlace place;

    Banner(DemoPlace place) {
        this.place = place;
    }

    String text() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("Wuye Cloud 智慧物业  is running with demo data / 已启动，演示数据已加载");
        lines.add("");
        lines.add(row("API 接口", place.service() + "/graphql", "schema: /graphql/schema.graphql"));
        lines.add(row("GraphiQL 调试", place.service() + "/q/graphql-ui", ""));
        lines.add(row("PostgreSQL 数据库", place.database(), "passwords 密码: .wuye/kit.properties"));
        lines.add(row("MQTT 设备消息", place.broker(), "device log-ins 设备账号: .wuye/demo/credentials.csv"));
        lines.add(
                row("Keycloak 身份认证", place.keycloak(), place.keycloakAdmin() + " / " + place.keycloakAdminPassword()));
        if (place.payment() != null) {
            lines.add(row("Payment 支付模拟器", place.payment(), "pay 付款: POST /_control/pay"));
        }
        lines.add("");
        lines.add("Log-ins 演示账号 (password 密码: " + DemoData.PASSWORD + ")");
        lines.add(row("  wuye-platform", "operator", "platform operator 平台运营, password 密码: operator"));
        for (DemoCompany company : DemoData.companies()) {
            for (DemoPerson person : company.people()) {
                lines.add(row(
                        "  " + company.code() + " " + company.name(),
                        person.username(),
                        ROLES.get(person.role()) + ", " + person.name()
                                + (person.isStaff() ? "" : ", " + person.home())));
            }
        }
        lines.add("");
        lines.add("A query 查询示例");
        lines.add("  " + QUERY);
        lines.add("");
        lines.add("Get a token and send it 获取令牌并查询");
        lines.add(oneLiner());
        lines.add("");
        lines.add("A resident's money 住户查余额与缴费记录 (" + resident().name() + ", "
                + resident().home() + ")");
        lines.add(moneyOneLiner());
        if (place.payment() != null) {
            lines.add("");
            lines.add("The same resident's token, by WeChat alone 同一住户仅凭微信登录（模拟微信）");
            lines.add(weChatOneLiner());
        }
        lines.add("");
        lines.add("Accounts, payments and two days of use follow; a line says when they are there"
                + " / 账户、缴费和两天的用量随后加载，就绪时会有一行提示");
        lines.add("");
        return String.join("\n", lines) + "\n";
    }

    /** One line for a POSIX shell with curl and sed. */
    String oneLiner() {
        return oneLiner(company().manager(), QUERY);
    }

    /** Another, for the resident whose flat is dark. */
    String moneyOneLiner() {
        return oneLiner(resident(), MONEY_QUERY);
    }

    /** What the mini-program of that resident does, with the simulated WeChat. */
    String weChatOneLiner() {
        return "curl -s " + place.service()
                + "/api/login/wechat -H 'Content-Type: application/json' -d '{\"company\":\""
                + company().code() + "\",\"code\":\"'$(curl -s " + place.payment()
                + "/_control/login -H 'Content-Type: application/json' -d '{\"appid\":\""
                + WeChatLoader.appid(company()) + "\",\"openid\":\""
                + resident().username()
                + "\"}' | sed 's/.*\"code\":\"\\([^\"]*\\)\".*/\\1/')'\"}'";
    }

    private String oneLiner(DemoPerson person, String query) {
        return "curl -s " + place.service() + "/graphql -H 'Content-Type: application/json' -H \"Authorization: Bearer"
                + " $(curl -s " + place.keycloak() + "/realms/" + company().code()
                + "/protocol/openid-connect/token -d grant_type=password -d client_id=wuye-cli -d username="
                + person.username() + " -d password=" + DemoData.PASSWORD
                + " | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')\" -d '{\"query\":\"" + query + "\"}'";
    }

    private static DemoCompany company() {
        return DemoData.companies().get(0);
    }

    private static DemoPerson resident() {
        return company().people().stream()
                .filter(person -> !person.isStaff())
                .findFirst()
                .orElseThrow();
    }

    private static String row(String what, String where, String more) {
        return (padded(what, 22) + padded(where, 42) + more).stripTrailing();
    }

    // A Chinese character is as wide as two Latin ones.
    private static String padded(String text, int width) {
        int wide = text.codePoints().map(letter -> letter > 0x2E80 ? 2 : 1).sum();
        return text + " ".repeat(Math.max(1, width - wide));
    }
}
