package cloud.wuye.platform.paging;

import java.time.Instant;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/**
 * A half-open span of time in a filter.
 *
 * @param from the first instant that counts, or null for no bound
 * @param to the first instant that no longer counts, or null for no bound
 */
@Input("DateTimeRangeInput")
@Description("A span of time, half-open: `from` counts, `to` does not. An absent end is no bound.")
public record InstantRangeInput(
        @Description("The first instant that counts.") Instant from,
        @Description("The first instant that no longer counts.") Instant to) {}
