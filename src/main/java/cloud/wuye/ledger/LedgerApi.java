package cloud.wuye.ledger;

import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door to the books. Nothing is posted here: facts are, by the features they happen in. */
@GraphQLApi
public class LedgerApi {
    private final Accounts accounts;
    private final RequestProof requestProof;
    private final Clock clock;

    LedgerApi(Accounts accounts, RequestProof requestProof, Clock clock) {
        this.accounts = accounts;
        this.requestProof = requestProof;
        this.clock = clock;
    }

    @Query
    @NonNull
    @Description("The accounts of the company's books that were posted to, with their balances.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<LedgerAccountConnection> ledgerAccounts(
            @Description("Which accounts.") LedgerAccountFilterInput filter,
            @DefaultValue("KIND") @Description("What to order by.") LedgerAccountSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        return accounts.page(
                        filter == null ? LedgerAccountFilterInput.NONE : filter,
                        ListSort.order(sort, LedgerAccountSort.KIND, direction),
                        PageInput.of(first, after))
                .map(LedgerAccountConnection::new);
    }

    @Query
    @NonNull
    @Description("The statement of one account: its lines in order of posting with the balance after each.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<LedgerLineConnection> ledgerStatement(
            @NonNull @Description("The account's kind.") AccountKind kind,
            @Id @Description("Its subject; required by the kinds that have one, and refused by the others.")
                    UUID subjectId,
            @Description("Which lines.") LedgerLineFilterInput filter,
            @DefaultValue("POSTED_AT") @Description("What to order by.") LedgerLineSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        if (kind.hasSubject() != (subjectId != null)) {
            throw new Problem(ProblemCode.VALIDATION, "subjectId", kind);
        }
        Account account = subjectId == null ? Account.of(kind) : Account.of(kind, subjectId);
        return accounts.statement(
                        account,
                        filter == null ? LedgerLineFilterInput.NONE : filter,
                        ListSort.order(sort, LedgerLineSort.POSTED_AT, direction),
                        PageInput.of(first, after))
                .map(LedgerLineConnection::new);
    }

    @Query
    @NonNull
    @Description("How all accounts stood at an instant, kind by kind, by the time of posting.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<TrialBalanceView> trialBalance(@Description("The instant; absent: now.") Instant at) {
        return accounts.trialBalance(at == null ? clock.now() : at);
    }

    @Query
    @NonNull
    @Description(
            "Whether the cached figures of the company's books agree with their lines, the credit of meters with what "
                    + "moved and was charged, and suspense with its open items.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<LedgerProofView> ledgerProof() {
        return accounts.proof();
    }

    @Mutation
    @NonNull
    @Description("Lets the next proof of the company's books, within minutes, read every line from the beginning.")
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    public Uni<LedgerProofView> requestLedgerProof(
            @NonNull @NotBlank @Size(max = 500) @Description("Why.") String reason) {
        return requestProof.request(reason).chain(accounts::proof);
    }
}
