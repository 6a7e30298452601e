package cloud.wuye.device.supply;

import cloud.wuye.device.command.OutcomeJudge;
import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Judge switching commands of unknown outcome by the relay or valve that a {@code state.read} shows. */
class SwitchJudges {
    @Produces
    @ApplicationScoped
    OutcomeJudge relay() {
        return new ByField(SwitchOps.RELAY.name(), "relay");
    }

    @Produces
    @ApplicationScoped
    OutcomeJudge valve() {
        return new ByField(SwitchOps.VALVE.name(), "valve");
    }

    private record ByField(String op, String field) implements OutcomeJudge {
        @Override
        public Verdict judge(JsonNode args, JsonNode read) {
            String wanted = args.path("state").asText();
            String found = read.path(field).asText();
            if (SwitchTarget.of(op, wanted) == SwitchTarget.PERMIT
                    || !found.equals("open") && !found.equals("closed")) {
                return Verdict.UNCLEAR;
            }
            return found.equals(wanted) ? Verdict.DONE : Verdict.NOT_DONE;
        }
    }
}
