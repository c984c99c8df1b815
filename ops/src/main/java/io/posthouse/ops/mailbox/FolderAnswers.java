package io.posthouse.ops.mailbox;

import io.posthouse.ops.cli.CommandFailed;
import io.posthouse.storage.mailbox.FolderPath;
import io.posthouse.storage.mongo.MongoFolders.Answer;
import picocli.CommandLine.Model.CommandSpec;

/// Tells an operator what became of a folder.
final class FolderAnswers {
  private FolderAnswers() {}

  static void report(CommandSpec spec, FolderPath folder, String done, Answer answer) {
    var out = spec.commandLine().getOut();
    switch (answer) {
      case Answer.Done() -> out.println(folder + " " + done);
      case Answer.AlreadySo() -> out.println(folder + " was there already");
      case Answer.NoSuchFolder() -> throw CommandFailed.because("no such folder: " + folder);
      case Answer.Taken(var path) -> throw CommandFailed.because("there is a folder " + path);
      case Answer.Fixed() ->
          throw CommandFailed.because(folder + " keeps its place: mail programs look for it");
      case Answer.NotEmpty(var what) -> throw CommandFailed.because(folder + " holds " + what);
    }
  }
}
