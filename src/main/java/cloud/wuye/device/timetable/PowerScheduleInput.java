package cloud.wuye.device.timetable;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A timetable of power as a person writes it. */
@Input("PowerScheduleInput")
@Description("A timetable that switches devices on and off.")
public record PowerScheduleInput(
        @NonNull @NotBlank @Size(max = 100) @Description("Its name.") String name,
        @NonNull @Description("Its on and off times together, at most 50.") List<@NonNull SwitchTimeInput> times,
        @Id @Description("The devices it concerns.") List<String> deviceIds,
        @Id @Description("Spaces it concerns, with all below them, whatever stands there when it is due.")
                List<String> spaceIds,
        @Description("Zone of its local times, such as `Asia/Shanghai`; the company's when absent.") String zone,
        @Id @Description("The holiday calendar that its day rules mean.") UUID calendarId,
        @Description("What becomes of missed times; RUN_LATEST when absent.") Misfire misfire) {}
