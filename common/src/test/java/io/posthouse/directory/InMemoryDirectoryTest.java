package io.posthouse.directory;

final class InMemoryDirectoryTest implements DirectoryContract {
  private final InMemoryDirectory directory = new InMemoryDirectory();

  @Override
  public Directory directory() {
    return directory;
  }

  @Override
  public UserId addUser(String address) {
    return directory.addUser(address);
  }

  @Override
  public void addAlias(String alias, String target) {
    directory.addAlias(alias, target);
  }

  @Override
  public void disable(UserId user, String address) {
    directory.set(address, new Directory.Resolution.Disabled(user));
  }

  @Override
  public void fillUp(UserId user, String address) {
    directory.set(address, new Directory.Resolution.OverQuota(user));
  }

  @Override
  public void breakDown() {
    directory.breakDown("the test says so");
  }
}
