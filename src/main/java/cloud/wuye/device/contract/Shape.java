package cloud.wuye.device.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A compiled JSON Schema. It has the verdict of the general validator at a small part of its cost, for the keywords the
 * contract uses; {@link ShapeCompiler} refuses a schema that uses any other, so none can be overlooked.
 */
final class Shape {
    /** One keyword at work: the first fault it finds, or null. A keyword passes values of types it does not speak of. */
    interface Check {
        Fault fault(JsonNode value);
    }

    private final Check[] checks;

    Shape(List<Check> checks) {
        this.checks = checks.toArray(Check[]::new);
    }

    /** The first fault, or null. */
    Fault fault(JsonNode value) {
        for (Check check : checks) {
            Fault fault = check.fault(value);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }
}
