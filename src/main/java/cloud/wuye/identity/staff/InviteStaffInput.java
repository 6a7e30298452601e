package cloud.wuye.identity.staff;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;
import org.eclipse.microprofile.graphql.NonNull;

/** Somebody to be taken on. */
@Input("InviteStaffInput")
@Description("Somebody to be taken on.")
public record InviteStaffInput(
        @NonNull
                @NotNull
                @Pattern(regexp = USERNAME)
                @Description(
                        "Log-in name: 3 to 64 lower-case letters, digits, dots, dashes, underscores, e.g. a phone number.")
                String username,
        @NonNull @NotBlank @Size(max = 60) @Description("Name as people read it.") String name,
        @Email @Size(max = 255) @Description("E-mail address.") String email,
        @Pattern(regexp = PHONE) @Description("Telephone number.") String phone,
        @NonNull @NotEmpty @Description("What they may do; at least one.") List<@NonNull StaffRole> roles) {
    /** What a log-in name looks like. */
    public static final String USERNAME = "[a-z0-9][a-z0-9._-]{2,63}";

    /** What a telephone number looks like. */
    public static final String PHONE = "\\+?[0-9 -]{5,20}";

    NewStaff person() {
        return new NewStaff(username, name, email, phone, Set.copyOf(roles));
    }
}
