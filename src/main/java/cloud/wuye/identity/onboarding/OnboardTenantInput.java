package cloud.wuye.identity.onboarding;

import cloud.wuye.identity.staff.InviteStaffInput;
import cloud.wuye.identity.staff.NewStaff;
import cloud.wuye.identity.staff.StaffRole;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** A property company to be brought aboard. */
@Input("OnboardTenantInput")
@Description("A property company to be brought aboard.")
public record OnboardTenantInput(
        @NonNull
                @NotNull
                @Pattern(regexp = "[a-z][a-z0-9-]{1,38}[a-z0-9]")
                @Description(
                        "Its short name for good: 3 to 40 lower-case letters, digits, dashes. Names the realm and MQTT topics.")
                String code,
        @NonNull @NotBlank @Size(max = 100) @Description("Its name as people read it.") String name,
        @Description("The IANA time zone of its calendars; `Asia/Shanghai` if absent.") String zone,
        @NonNull @NotNull @Valid @Description("The person who will manage it.") FirstManagerInput manager) {

    /** The first person of a company. */
    @Input("FirstManagerInput")
    @Description("The first person of a company, who invites the others.")
    public record FirstManagerInput(
            @NonNull
                    @NotNull
                    @Pattern(regexp = InviteStaffInput.USERNAME)
                    @Description("Log-in name: 3 to 64 lower-case letters, digits, dots, dashes, underscores.")
                    String username,
            @NonNull @NotBlank @Size(max = 60) @Description("Name as people read it.") String name,
            @Email @Size(max = 255) @Description("E-mail address.") String email,
            @Pattern(regexp = InviteStaffInput.PHONE) @Description("Telephone number.") String phone) {

        NewStaff person() {
            return new NewStaff(username, name, email, phone, Set.of(StaffRole.MANAGER));
        }
    }
}
