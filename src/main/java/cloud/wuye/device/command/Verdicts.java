package cloud.wuye.device.command;

import cloud.wuye.device.command.OutcomeJudge.Verdict;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Settles commands of unknown outcome by what was read back. */
@ApplicationScoped
class Verdicts {
    private final Map<String, OutcomeJudge> judges;
    private final ObjectMapper mapper;

    Verdicts(@All List<OutcomeJudge> judges, ObjectMapper mapper) {
        this.judges = judges.stream().collect(Collectors.toMap(OutcomeJudge::op, Function.identity()));
        this.mapper = mapper;
    }

    /**
     * Settles the command if the evidence is clear; else it stays unknown and is read back again later. One that a person
     * has settled meanwhile stays so, but keeps the evidence against it.
     */
    void settle(DeviceCommand command, JsonNode read, Instant now) {
        OutcomeJudge judge = judges.get(command.op());
        if (judge == null || read == null) {
            return;
        }
        Verdict verdict = judge.judge(args(command), read);
        if (command.state() != CommandState.OUTCOME_UNKNOWN) {
            if (verdict != Verdict.UNCLEAR) {
                command.evidence(verdict == Verdict.DONE ? CommandState.SUCCEEDED : CommandState.FAILED);
            }
            return;
        }
        boolean settled =
                switch (verdict) {
                    case DONE -> command.succeeded(now, read.toString());
                    case NOT_DONE ->
                        command.failed(now, "NOT_DONE", "the read-back shows that it was not done", read.toString());
                    case UNCLEAR -> false;
                };
        if (!settled) {
            command.readBackIssued(now);
        }
    }

    private JsonNode args(DeviceCommand command) {
        try {
            return mapper.readTree(command.args());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is not JSON", e);
        }
    }
}
