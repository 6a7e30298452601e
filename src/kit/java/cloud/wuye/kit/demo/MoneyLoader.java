package cloud.wuye.kit.demo;

import cloud.wuye.kit.demo.DemoMoney.DemoAccount;
import cloud.wuye.kit.demo.DemoMoney.DemoTopUp;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Brings a company's money to what the demo wants before anything is used: prices, accounts, top-ups. Looks first and
 * adds only what is missing, so it goes on where it was cut off and does nothing the second time. What a developer has
 * changed since stays as it is.
 */
final class MoneyLoader {
    private static final Duration FIRST_WORD = Duration.ofSeconds(30);

    private final DemoMoney money;
    private final DemoPeople people;
    private final DemoCashier cashier;

    MoneyLoader(DemoPlace place, DemoCompany company) {
        this.money = company.money();
        this.people = new DemoPeople(place, company);
        this.cashier = new DemoCashier(place, company, people);
    }

    /** Everything that comes before use. Meters are given some time to say where they stand. */
    void load() {
        Map<String, String> meters = people.meters();
        Map<String, String> tariffs = new TariffLoader(people.manager()).load(money.tariffs());
        Map<String, String> policies = policies();
        DemoPeople.await(FIRST_WORD, this::allHaveCounted);
        accounts(meters, tariffs, policies);
        topUps(meters);
        refund();
    }

    /** Whether each meter is known to have counted something: what it used before is not charged. */
    private boolean allHaveCounted() {
        Set<String> wanted = new HashSet<>();
        money.accounts().forEach(account -> wanted.add(account.serial()));
        return people
                .manager()
                .all(
                        "query Counters($after: String) { meters(first: 200, after: $after) {"
                                + " edges { node { serialNo latestReading { readAt } } } pageInfo { hasNextPage endCursor } } }")
                .stream()
                .filter(meter -> wanted.contains(DemoPeople.text(meter, "serialNo")))
                .noneMatch(meter -> meter.path("latestReading").isNull());
    }

    /** The policies' ids by name. */
    private Map<String, String> policies() {
        Map<String, String> ids = new HashMap<>();
        people.manager()
                .all("query Policies($after: String) { cutOffPolicies(first: 100, after: $after) {"
                        + " edges { node { id name } } pageInfo { hasNextPage endCursor } } }")
                .forEach(policy -> ids.put(DemoPeople.text(policy, "name"), DemoPeople.text(policy, "id")));
        money.accounts().stream()
                .map(DemoAccount::policy)
                .filter(Objects::nonNull)
                .forEach(name -> ids.computeIfAbsent(name, this::policy));
        return ids;
    }

    private String policy(String name) {
        return people.manager()
                .ask(
                        "mutation Policy($input: CutOffPolicyInput!) { createCutOffPolicy(input: $input) { id } }",
                        Map.of("input", DemoMoney.policy(name)))
                .at("/createCutOffPolicy/id")
                .asText();
    }

    /** A meter that has, or had, an account keeps it as it is. */
    private void accounts(Map<String, String> meters, Map<String, String> tariffs, Map<String, String> policies) {
        Set<String> there = new HashSet<>();
        people.manager()
                .all("query Accounts($after: String) { meterAccounts(first: 200, after: $after) {"
                        + " edges { node { deviceId } } pageInfo { hasNextPage endCursor } } }")
                .forEach(account -> there.add(DemoPeople.text(account, "deviceId")));
        Map<String, String> residents = people.residents();
        for (DemoAccount account : money.accounts()) {
            String meter = meters.get(account.serial());
            if (there.contains(meter)) {
                continue;
            }
            Map<String, Object> terms = new HashMap<>(account.terms());
            terms.put("planId", tariffs.get(account.tariff()));
            terms.put("customerId", residents.get(account.customer()));
            terms.put("policyId", policies.get(account.policy()));
            people.finance()
                    .ask(
                            "mutation Open($meter: ID!, $terms: MeterTermsInput!) {"
                                    + " openMeterAccount(deviceId: $meter, terms: $terms) { pointId } }",
                            Map.of("meter", meter, "terms", terms));
        }
    }

    private void topUps(Map<String, String> meters) {
        List<JsonNode> there = new ArrayList<>(cashier.records());
        for (DemoTopUp wanted : money.topUps()) {
            JsonNode found = there.stream()
                    .filter(each -> DemoCashier.isOf(each, wanted))
                    .findFirst()
                    .orElse(null);
            there.remove(found);
            cashier.bringAbout(wanted, meters.get(wanted.serial()), found);
        }
    }

    /** Part of a top-up is asked back once; somebody else has to approve it. */
    private void refund() {
        List<String> orders = cashier.records().stream()
                .filter(each -> DemoPeople.text(each, "meterNo").equals(money.refundOf()))
                .map(each -> DemoPeople.text(each, "orderId"))
                .toList();
        boolean asked = people
                .finance()
                .all("query Refunds($after: String) { refunds(first: 200, after: $after) {"
                        + " edges { node { orderId } } pageInfo { hasNextPage endCursor } } }")
                .stream()
                .anyMatch(refund -> orders.contains(DemoPeople.text(refund, "orderId")));
        if (!asked && !orders.isEmpty()) {
            DemoPeople.await(FIRST_WORD, () -> cashier.isCredited(orders.get(0)));
            people.finance()
                    .ask(
                            "mutation Ask($order: ID!) { requestRefund(orderId: $order, amountFen: 3000,"
                                    + " reason: \"充错了表，退回一部分 wrong meter, part of it back\") { id } }",
                            Map.of("order", orders.get(0)));
        }
    }
}
