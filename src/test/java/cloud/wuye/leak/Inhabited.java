package cloud.wuye.leak;

import cloud.wuye.testing.Graph;
import cloud.wuye.testing.TestTenant;

/** A company that owns something of everything, made through its own front doors. */
final class Inhabited {
    private Inhabited() {}

    static void by(TestTenant tenant) {
        Graph manager = Graph.as(tenant.manager());
        String name = "Garden " + tenant.code();
        String space = manager.ask(
                        "mutation($n:String!){createSpace(input:{kind:\"COMMUNITY\" name:$n}){id}}", "n", name)
                .getString("createSpace.id");
        manager.ask(
                "mutation($s:ID!,$n:String!){registerDevice(input:{kind:ELECTRICITY_METER serialNo:$n name:$n spaceId:$s}){device{id}}}",
                "s",
                space,
                "n",
                name);
    }
}
