package dev.trackit.bedrock;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.profiles.ProfileProperty;

/**
 * Whether region and credentials are set up where the AWS SDK looks for them, told from environment and files alone: no machine is asked, and
 * what the credentials are worth is not known. On machines of Amazon itself both may come from the machine, and nothing is said.
 */
final class AwsSetup {
    private static final Path VENDOR = Path.of("/sys/devices/virtual/dmi/id/sys_vendor");
    private static final List<String> SIGNS_OF_CREDENTIALS = List.of(
            ProfileProperty.AWS_ACCESS_KEY_ID,
            ProfileProperty.ROLE_ARN,
            ProfileProperty.CREDENTIAL_PROCESS,
            "sso_session",
            ProfileProperty.SSO_START_URL,
            ProfileProperty.WEB_IDENTITY_TOKEN_FILE,
            ProfileProperty.CREDENTIAL_SOURCE,
            "login_session");

    static final String NO_CREDENTIALS =
            "No AWS credentials were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile "
                    + "in ~/.aws (bedrock.profile names it), or sign in with aws sso login.";
    static final String NO_REGION = "No AWS region is set. Set bedrock.region or AWS_REGION, for example us-east-1.";

    private AwsSetup() {}

    /** What is missing, in a sentence that says what to do; empty if nothing is known to be. */
    static Optional<String> problem(BedrockOptions options) {
        Optional<Profile> profile = profile(options);
        if (options.profile().isPresent() && profile.isEmpty()) {
            return Optional.of("There is no AWS profile " + options.profile().get()
                    + " in ~/.aws. Make it, or name another one with bedrock.profile.");
        }
        if (isGiven(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)
                || isGiven(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
                || isMachineOfAmazon()) {
            return Optional.empty();
        }
        boolean region = options.region().isPresent()
                || isGiven(SdkSystemSetting.AWS_REGION)
                || profile.flatMap(p -> p.property(ProfileProperty.REGION)).isPresent();
        boolean credentials = options.profile().isEmpty() && isInEnvironment()
                || profile.filter(p -> SIGNS_OF_CREDENTIALS.stream()
                                .anyMatch(sign -> p.property(sign).isPresent()))
                        .isPresent();
        if (!credentials) {
            return Optional.of(NO_CREDENTIALS);
        }
        return region ? Optional.empty() : Optional.of(NO_REGION);
    }

    private static boolean isInEnvironment() {
        return isGiven(SdkSystemSetting.AWS_ACCESS_KEY_ID) || isGiven(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE);
    }

    private static boolean isGiven(SdkSystemSetting setting) {
        return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
    }

    private static Optional<Profile> profile(BedrockOptions options) {
        try {
            String name = options.profile().orElseGet(ProfileFileSystemSetting.AWS_PROFILE::getStringValueOrThrow);
            return ProfileFile.defaultProfileFile().profile(name);
        } catch (RuntimeException e) {
            return Optional.empty(); // A file that cannot be read is told by the SDK when a summary is asked for.
        }
    }

    private static boolean isMachineOfAmazon() {
        try {
            return Files.readString(VENDOR).toLowerCase(Locale.ROOT).contains("amazon");
        } catch (IOException e) {
            return false;
        }
    }
}
